import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The licences and notices of the libraries on the class path. They are in the jar of a library, or
 * else in the folder src/main/licenses. A library that has neither fails the build.
 */
final class Licences {
  private static final Pattern TEXT =
      Pattern.compile(
          "(.*/)?(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)[^/]*(?<!\\.class)",
          Pattern.CASE_INSENSITIVE);

  private final Path sources;

  /**
   * @param sources the folder of the texts for libraries whose jars have none
   */
  Licences(Path sources) {
    this.sources = sources;
  }

  /** Writes the texts of each library into a folder LIBRARY-VERSION. */
  void write(Path folder) throws IOException {
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (jar.endsWith(".jar")) {
        String library = Path.of(jar).getFileName().toString().replaceFirst("\\.jar$", "");
        Path texts = Files.createDirectories(folder.resolve(library));
        if (!copyOwn(Path.of(jar), texts)) {
          Files.writeString(texts.resolve("LICENSE"), text(library));
        }
      }
    }
  }

  private String text(String library) throws IOException {
    String name = library.replaceFirst("-[0-9].*", "");
    if (Files.readAllLines(sources.resolve("apache-2.0")).contains(name)) {
      return name
          + " is licensed under the Apache License, Version 2.0. Its text is in the file LICENSE of"
          + " decant.\n";
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sources, "*.txt")) {
      for (Path file : files) {
        String family = file.getFileName().toString().replaceFirst("\\.txt$", "");
        if (name.equals(family) || name.startsWith(family + "-")) {
          return Files.readString(file);
        }
      }
    }
    throw new IllegalStateException(
        library + " has no text of its licence. Write it into " + sources + "/" + name + ".txt.");
  }

  /** Copies the texts of a jar, and returns whether it has any. */
  private static boolean copyOwn(Path jar, Path folder) throws IOException {
    boolean found = false;
    try (ZipFile in = ZipFile.builder().setPath(jar).get()) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
        if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
          Path copy = folder.resolve(entry.getName().replaceFirst("^META-INF/", ""));
          Files.createDirectories(copy.getParent());
          try (InputStream text = in.getInputStream(entry)) {
            Files.copy(text, copy);
          }
          found = true;
        }
      }
    }
    return found;
  }
}

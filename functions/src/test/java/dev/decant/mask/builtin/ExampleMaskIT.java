package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.copy.Bytes;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Masks;
import dev.decant.mask.NoRow;
import dev.decant.mask.TableMaskKit;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a mask in a jar of its own is compiled, packed and loaded. */
final class ExampleMaskIT {
  private static final Path EXAMPLE = Path.of("../examples/mask/src");

  @TempDir Path folder;

  private Path compiled() {
    Path classes = folder.resolve("classes");
    String source = EXAMPLE.resolve("com/example/mask/PlateFactory.java").toString();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source);
    assertThat(result).isZero();
    return classes;
  }

  private Path packed() throws IOException {
    Path jar = folder.resolve("plate.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      add(out, compiled(), ".class");
      add(out, EXAMPLE, "MaskFactory");
    }
    return jar;
  }

  private static void add(JarOutputStream out, Path root, String end) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(path -> path.toString().endsWith(end)).toList();
    }
    for (Path path : files) {
      out.putNextEntry(new JarEntry(root.relativize(path).toString()));
      Files.copy(path, out);
    }
  }

  @Test
  void theMaskOfTheExampleServesAPolicy() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {packed().toUri().toURL()}, getClass().getClassLoader())) {
      Masks masks = BuiltInMasks.with(ServiceLoader.load(MaskFactory.class, loader));
      assertThat(masks.names()).contains("plate", "email");
      assertThat(masks.versions()).contains("plate com.example.mask.PlateFactory 1");
      MaskSpec spec = MaskSpec.of("plate", Map.of("prefix", "AB"));
      MaskFactory factory = masks.factory("plate").orElseThrow();
      assertThat(factory.refusal(spec, MaskProbe.varchar(6))).contains("too short");
      assertThat(masked(masks, spec, MaskProbe.varchar(7), "M-XY 123")).matches("AB-\\d{4}");
      Column array = MaskProbe.array(MaskProbe.column("text", TypeCategory.TEXT));
      assertThat(masked(masks, spec, array, "{a,NULL}")).matches("\\{AB-\\d{4},NULL}");
    }
  }

  private static String masked(Masks masks, MaskSpec spec, Column column, String raw) {
    Bytes out = new Bytes(64);
    byte[] value = raw.getBytes(StandardCharsets.UTF_8);
    new TableMaskKit(masks, MaskProbe.KEY, Locale.ENGLISH, List.of())
        .mask(spec, column)
        .apply(value, 0, value.length, NoRow.INSTANCE, out);
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }
}

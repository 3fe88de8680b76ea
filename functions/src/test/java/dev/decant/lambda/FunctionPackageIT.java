package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the packages that {@code mvn package} makes for Lambda. */
final class FunctionPackageIT {
  /** The goal for the size, in bytes. Lambda accepts 50 MB. */
  private static final long MOST = 40_000_000;

  /** Where the header of a program or library names its processor. */
  private static final int ELF_MACHINE = 18;

  @ParameterizedTest
  @CsvSource({
    "functions.zip, SanitizeSnapshotHandler",
    "functions.zip, PlanRunHandler",
    "functions.zip, ScratchInstanceHandler",
    "functions.zip, SweepHandler",
    "refresh.zip, RefreshStagingHandler",
    "refresh.zip, SweepTargetsHandler"
  })
  void holdsEveryClassThatItsHandlerReaches(String zip, String handler) throws IOException {
    Map<String, byte[]> classes = classes(Path.of("target", zip));

    Set<String> missing = missing("dev/decant/lambda/" + handler, classes);

    assertThat(classes).as("The test must have read the zip").hasSizeGreaterThan(5_000);
    assertThat(missing).isEmpty();
  }

  @Test
  void aPackageWithoutTheClientsOfHooksDoesNotDoForARefresh() throws IOException {
    Map<String, byte[]> classes = classes(Path.of("target", "functions.zip"));

    assertThat(missing("dev/decant/lambda/RefreshStagingHandler", classes))
        .contains("software/amazon/awssdk/services/lambda/LambdaClient");
  }

  @ParameterizedTest
  @CsvSource({"functions.zip", "refresh.zip"})
  void leavesRoomForTheFilesOfADeployment(String zip) throws IOException {
    assertThat(Files.size(Path.of("target", zip))).isBetween(20_000_000L, MOST);
  }

  /** The system of a function may have neither libstdc++ nor libgcc. */
  @ParameterizedTest
  @CsvSource({"functions.zip", "refresh.zip"})
  void carriesACxxRuntimeForItsOwnProcessor(String zip) throws IOException {
    Map<String, Short> machines = machines(Path.of("target", zip));

    assertThat(machines).containsKeys("bin/postgres", "lib/libstdc++.so.6", "lib/libgcc_s.so.1");
    assertThat(new HashSet<>(machines.values())).hasSize(1);
  }

  /** The processors of the programs and libraries in a package's archive of PostgreSQL. */
  private static Map<String, Short> machines(Path zip) throws IOException {
    Map<String, Short> machines = new HashMap<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> archives =
          file.stream().filter(entry -> entry.getName().endsWith(".tar.zst")).toList();
      assertThat(archives).hasSize(1);
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(
              new ZstdInputStreamNoFinalizer(file.getInputStream(archives.getFirst())))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          byte[] start = tar.readNBytes(ELF_MACHINE + Short.BYTES);
          if (start.length > ELF_MACHINE && start[1] == 'E' && start[2] == 'L') {
            machines.put(
                entry.getName(),
                ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getShort(ELF_MACHINE));
          }
        }
      }
    }
    return machines;
  }

  /**
   * The names of classes that decant's classes refer to and that neither the package nor Java has.
   * Only decant's own classes are followed, starting at a handler.
   */
  private static Set<String> missing(String handler, Map<String, byte[]> classes) {
    Set<String> missing = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> waiting = new ArrayDeque<>(Set.of(handler));
    while (!waiting.isEmpty()) {
      String name = waiting.pop();
      if (!seen.add(name)) {
        continue;
      }
      byte[] code = classes.get(name);
      if (code == null) {
        missing.add(name);
      } else if (name.startsWith("dev/decant/")) {
        references(code).stream().filter(found -> !ofJava(found)).forEach(waiting::push);
      }
    }
    return missing;
  }

  private static Set<String> references(byte[] code) {
    Set<String> names = new HashSet<>();
    for (var entry : ClassFile.of().parse(code).constantPool()) {
      if (entry instanceof ClassEntry type) {
        ClassDesc element = type.asSymbol();
        while (element.isArray()) {
          element = element.componentType();
        }
        if (element.isClassOrInterface()) {
          String descriptor = element.descriptorString();
          names.add(descriptor.substring(1, descriptor.length() - 1));
        }
      }
    }
    return names;
  }

  private static boolean ofJava(String name) {
    return ClassLoader.getPlatformClassLoader().getResource(name + ".class") != null;
  }

  private static Map<String, byte[]> classes(Path zip) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        byte[] content = file.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class")) {
          put(classes, entry.getName(), content);
        } else if (entry.getName().startsWith("lib/") && entry.getName().endsWith(".jar")) {
          putAll(classes, content);
        }
      }
    }
    return classes;
  }

  private static void putAll(Map<String, byte[]> classes, byte[] jar) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          put(classes, entry.getName(), in.readAllBytes());
        }
      }
    }
  }

  private static void put(Map<String, byte[]> classes, String file, byte[] content) {
    classes.put(file.substring(0, file.length() - ".class".length()), content);
  }
}

package dev.decant.cli;

import dev.decant.demo.ShopDump;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant generate}: writes a dump of any size for tests and the benchmark. */
@Command(
    name = "generate",
    hidden = true,
    description = "Writes the dump of a made-up shop in pg_dump's plain format.",
    footerHeading = "%nExamples:%n",
    footer = {"  decant generate --size 1GB | zstd -3 > shop.sql.zst"})
final class GenerateCommand implements Runnable {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)");

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--size",
      paramLabel = "N[KB|MB|GB]",
      description = "The approximate size. Default: ${DEFAULT-VALUE}.")
  String size = "20MB";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The seed of the random values. The same seed and size give the same bytes. Default:"
              + " ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: stdout.")
  @Nullable Path output;

  private final Console console;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    long bytes = bytes(size);
    if (output == null) {
      ShopDump.write(new BufferedOutputStream(console.out(), 1 << 16), bytes, seed);
      return;
    }
    try (OutputStream out = Files.newOutputStream(output)) {
      ShopDump.write(new BufferedOutputStream(out, 1 << 16), bytes, seed);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE,
          "Cannot write " + output + ". Name a file in a folder that you may write to.",
          e);
    }
  }

  static long bytes(String size) {
    Matcher matcher = SIZE.matcher(size.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new DecantException(
          ErrorCode.USAGE, "--size is not a size. Write a number with KB, MB or GB, such as 20MB.");
    }
    long unit =
        switch (matcher.group(2)) {
          case "KB" -> 1_000L;
          case "MB" -> 1_000_000L;
          default -> 1_000_000_000L;
        };
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }
}

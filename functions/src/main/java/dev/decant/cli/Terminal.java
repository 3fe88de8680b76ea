package dev.decant.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** Facts about the terminal of this process that only the C library knows. */
final class Terminal {
  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;

  /** Whether this is macOS. */
  static final boolean MAC =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");

  /** The request of ioctl for the size of the window, on macOS and on Linux. */
  private static final long TIOCGWINSZ = MAC ? 0x40087468L : 0x5413L;

  private static final long WINSIZE_BYTES = 8;
  private static final long COLUMNS_AT = 2;

  private Terminal() {}

  /** Whether a descriptor is a terminal. */
  @SuppressWarnings("restricted") // Java has no API for this
  static boolean is(int descriptor) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle isatty =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("isatty"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT));
      return (int) isatty.invokeExact(descriptor) == 1;
    } catch (Throwable e) { // as MethodHandle.invokeExact is declared
      return false;
    }
  }

  /** The current width of the terminal at stderr, or {@code otherwise} if it is unknown. */
  static int columns(int otherwise) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE_BYTES);
      int failed = (int) Ioctl.CALL.invokeExact(STDERR, TIOCGWINSZ, size);
      int columns = Short.toUnsignedInt(size.get(JAVA_SHORT, COLUMNS_AT));
      return failed != 0 || columns == 0 ? otherwise : columns;
    } catch (Throwable e) { // as MethodHandle.invokeExact is declared
      return otherwise;
    }
  }

  /** Holds the method handle, which is made at the first call because that takes a while. */
  private static final class Ioctl {
    @SuppressWarnings("restricted")
    static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                Linker.Option.firstVariadicArg(2));
  }
}

package dev.decant.scratch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes this process to other processes of the same account, on Linux. They cannot read its
 * environment, its memory or its open files below {@code /proc}, and it leaves no core dump. This
 * is needed because an embedded server runs the SQL of a dump, and it has the same account as
 * decant unless decant runs as root. Afterwards, debuggers and {@code jcmd} need root.
 */
final class ClosedProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ClosedProcess.class);
  private static final int PR_SET_DUMPABLE = 4;

  private ClosedProcess() {}

  /** Closes the process. It may be called several times. If that is not possible, it is logged. */
  @SuppressWarnings("restricted") // The JDK offers no other way.
  static void close() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle prctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("prctl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
              Linker.Option.firstVariadicArg(1));
      int refused = (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
      if (refused != 0) {
        LOG.info("The system refuses to close this process to other processes of its account");
      }
    } catch (Throwable e) { // as MethodHandle.invokeExact is declared
      LOG.info("This process cannot be closed to other processes of its account: {}", e.getClass());
    }
  }
}

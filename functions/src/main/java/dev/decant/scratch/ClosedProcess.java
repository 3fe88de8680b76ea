package dev.decant.scratch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes this process to others of the same account, on Linux: they cannot read its environment,
 * its memory or its open files below {@code /proc}, and it leaves no core dump. An embedded server
 * runs under our own account unless we are root, and it runs what a dump brings. Debuggers and
 * {@code jcmd} need root from then on.
 */
final class ClosedProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ClosedProcess.class);
  private static final int PR_SET_DUMPABLE = 4;

  private ClosedProcess() {}

  /** Closes it; to be called any number of times. Where that cannot be, this is logged. */
  @SuppressWarnings("restricted") // the JDK has no other way
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
        LOG.info("the system does not close this process to others of its account");
      }
    } catch (Throwable e) { // as MethodHandle.invokeExact is declared
      LOG.info("this process cannot be closed to others of its account: {}", e.getClass());
    }
  }
}

package dev.decant.lambda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * Allocates a System V shared memory segment, as every PostgreSQL does at its start, whatever its
 * settings are. A sandbox that refuses the segment cannot run a PostgreSQL.
 */
final class SharedMemoryProbe {
  private static final int IPC_PRIVATE = 0;
  private static final int IPC_CREAT_0600 = 01600;
  private static final int IPC_RMID = 0;

  /** The size of the segment that PostgreSQL allocates, that of its PGShmemHeader. */
  private static final long BYTES = 56;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();

  private SharedMemoryProbe() {}

  /** {@code ok}, or the reason of the failure: {@code errno 38} is ENOSYS, 1 EPERM, 28 ENOSPC. */
  @SuppressWarnings("restricted") // the probe must call native code
  static String shmget() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MethodHandle get =
          LINKER.downcallHandle(
              LINKER.defaultLookup().findOrThrow("shmget"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT),
              Linker.Option.captureCallState("errno"));
      int id = (int) get.invokeExact(state, IPC_PRIVATE, BYTES, IPC_CREAT_0600);
      if (id < 0) {
        return "errno " + state.get(JAVA_INT, STATE.byteOffset(errno()));
      }
      MethodHandle control =
          LINKER.downcallHandle(
              LINKER.defaultLookup().findOrThrow("shmctl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
      int removed = (int) control.invokeExact(id, IPC_RMID, MemorySegment.NULL);
      return removed == 0 ? "ok" : "allocated, but not removed";
    } catch (Throwable e) { // as MethodHandle.invokeExact is declared
      return "not tested: " + e.getClass().getSimpleName();
    }
  }

  private static PathElement errno() {
    return PathElement.groupElement("errno");
  }
}

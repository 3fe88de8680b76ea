package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Arrays;

/** Recognizes that zstd-jni could not unpack its native library into the temporary folder. */
final class UnpackedLibrary {
  private static final String LOADER = "com.github.luben.zstd.util.Native";

  private UnpackedLibrary() {}

  static boolean isCauseOf(Error failure) {
    return failure instanceof LinkageError
        && Arrays.stream(failure.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(LOADER));
  }

  static DecantException error(Error failure) {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "decant cannot load its library for zstd from the folder for temporary files, "
            + System.getProperty("java.io.tmpdir")
            + ". The folder must exist, be writable, have a few MB of free space, and allow"
            + " programs to run (no mount with noexec). Correct this, or name another folder with"
            + " DECANT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.",
        failure);
  }
}

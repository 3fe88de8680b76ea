package dev.decant.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks one by one what a run needs of its sandbox. Each answer has a {@code name}, {@code ok},
 * what was {@code seen}, and the {@code wayOut} if the check failed.
 *
 * @param temporary the folder for temporary files
 */
record SandboxChecks(Path temporary) {
  private static final long LEAST_DISK = 512L << 20;
  private static final int LEAST_MEMORY = 1024;
  private static final Duration LEAST_TIME = Duration.ofSeconds(60);

  private static final String ELSEWHERE =
      "Set the parameter Scratch to a PostgreSQL server, or let a Fargate task sanitize the dumps"
          + " (Trigger=workflow with LambdaWorker=false).";

  List<Map<String, Object>> answers(int memoryMegabytes, Duration remaining) {
    String shmget = SharedMemoryProbe.shmget();
    long free = freeBytes();
    return List.of(
        answer("shmget", shmget.equals("ok"), shmget, ELSEWHERE),
        answer(
            "user",
            Files.isReadable(Path.of("/etc/passwd")),
            "/etc/passwd",
            "The file must have at least one entry. " + ELSEWHERE),
        // PostgreSQL runs without /dev/shm, so this check only reports what there is.
        answer("devShm", true, Files.isDirectory(Path.of("/dev/shm")) ? "exists" : "missing", ""),
        answer(
            "disk",
            free >= LEAST_DISK,
            (free >> 20) + " MB are free in " + temporary,
            "Give the function more EphemeralStorage, up to 10240 MB. " + ELSEWHERE),
        answer(
            "memory",
            memoryMegabytes >= LEAST_MEMORY,
            memoryMegabytes + " MB",
            "Give the function a MemorySize of at least " + LEAST_MEMORY + " MB. " + ELSEWHERE),
        answer(
            "timeLimit",
            remaining.compareTo(LEAST_TIME) >= 0,
            remaining.toSeconds() + " s remain",
            "Give the function a Timeout of 900 s. " + ELSEWHERE));
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(temporary).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  private static Map<String, Object> answer(String name, boolean ok, String seen, String wayOut) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", name);
    answer.put("ok", ok);
    answer.put("seen", seen);
    if (!ok) {
      answer.put("wayOut", wayOut);
    }
    return answer;
  }
}

package dev.decant.lambda;

import dev.decant.demo.ShopDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * The package and the settings of a function that sanitizes the shop of the demonstration.
 *
 * @param task the folder of the function's package
 * @param bucket the bucket of sanitized snapshots
 */
record ShopFunction(Path task, String bucket) {
  /** Puts the policy into the package. */
  void packPolicy() throws IOException {
    Path folder = Files.createDirectory(task.resolve("policy"));
    try (InputStream policy = ShopDump.class.getResourceAsStream("policy.yaml")) {
      Files.copy(Objects.requireNonNull(policy), folder.resolve("policy.yaml"));
    }
  }

  /** If the test runs as root, the server runs as nobody, who must be able to enter the folder. */
  static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The environment of the function. */
  Map<String, String> environment(Path work) {
    return Map.of(
        "LAMBDA_TASK_ROOT",
        task.toString(),
        "DECANT_POLICY",
        "policy/policy.yaml",
        "DECANT_PARAM_PROD_ADMIN_EMAIL",
        ShopDump.ADMIN_EMAIL,
        "DECANT_STORE",
        "s3://" + bucket,
        "DECANT_KEY",
        Base64.getEncoder().encodeToString(new byte[32]),
        "DECANT_WORK",
        work.toString());
  }
}

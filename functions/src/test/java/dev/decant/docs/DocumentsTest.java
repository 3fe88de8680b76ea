package dev.decant.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form that all documents have. */
final class DocumentsTest {
  /** Blocks that hold no commands. */
  private static final Pattern DATA =
      Pattern.compile(
          "(text|yaml|json|sql|python|ruby|js|ini|java|xml|html)( (file|append)=\\S+)?");

  /**
   * These commands would start a build inside the build, or need an AWS account, a release, a
   * server, root.
   */
  private static final List<String> NOT_RUN =
      List.of(
          "README.md: mvn -B verify",
          "docs/aws-operations.md: aws sqs receive-message --queue-url UNDELIVERED_URL"
              + " --max-number-of-messages 10 \\",
          "docs/aws-operations.md: aws sqs delete-message --queue-url UNDELIVERED_URL"
              + " --receipt-handle RECEIPT_HANDLE",
          "docs/aws-operations.md: aws sqs start-message-move-task --source-arn UNDELIVERED_ARN",
          "docs/aws-operations.md: run=arn:aws:states:…:execution:decant-Sanitize:3f1c…",
          "docs/aws-operations.md: aws lambda invoke --function-name decant-Sweep"
              + " --cli-binary-format raw-in-base64-out --cli-read-timeout 900 \\",
          "docs/aws-operations.md: aws rds modify-db-instance --db-instance-identifier"
              + " decant-scratch-RUN --no-deletion-protection --apply-immediately",
          "docs/aws-operations.md: aws lambda invoke --function-name decant-refresh-SweepTargets"
              + " --cli-binary-format raw-in-base64-out --cli-read-timeout 900 \\",
          "docs/aws.md: decant key --output keys",
          "docs/aws.md: cp samconfig.toml.example samconfig.toml     # then fill in the"
              + " region, the ARNs, RawWriterArn and NoticeEmail",
          "docs/aws.md: aws lambda invoke --function-name decant-SanitizeSnapshot"
              + " --cli-binary-format raw-in-base64-out \\",
          "docs/aws.md: aws s3 cp shop.sql.zst"
              + " s3://RAW_BUCKET/snapshots/shop/production/shop_20260323-060000.sql.zst",
          "docs/aws.md: docker build --platform linux/arm64 -t"
              + " 111111111111.dkr.ecr.eu-central-1.amazonaws.com/decant:1 .",
          "docs/aws.md: aws stepfunctions start-execution --state-machine-arn"
              + " SANITIZE_WORKFLOW_ARN --name try-1 \\",
          "docs/aws.md: aws events put-permission --event-bus-name default --action"
              + " events:PutEvents \\",
          "docs/aws.md: aws iam create-service-linked-role --aws-service-name rds.amazonaws.com",
          "docs/aws.md: sam build --config-env refresh && sam deploy --config-env refresh",
          "docs/install.md: curl -fLO"
              + " https://github.com/OWNER/decant/releases/download/v0.1.0/decant-0.1.0-linux-x86_64.tar.gz",
          "docs/install.md: mkdir -p ~/.local/share/man/man1 && cp"
              + " ~/.local/lib/decant-0.1.0-linux-x86_64/share/man/man1/* ~/.local/share/man/man1/",
          "docs/install.md: curl -fLO"
              + " https://github.com/OWNER/decant/releases/download/v0.1.0/decant_0.1.0-1_amd64.deb",
          "docs/install.md: curl -fLO"
              + " https://github.com/OWNER/decant/releases/download/v0.1.0/decant-0.1.0-1.x86_64.rpm",
          "docs/install.md: brew tap-new OWNER/tools",
          "docs/install.md: docker run --rm ghcr.io/OWNER/decant:0.1.0 --version",
          "docs/install.md: git clone https://github.com/OWNER/decant && cd decant",
          "docs/install.md: .ci/release-build release",
          "docs/install.md: sudo apt-get purge decant                # or: sudo dnf remove decant,"
              + " or: brew uninstall decant",
          "docs/install.md: rm -rf ~/.local/bin/decant ~/.local/lib/decant-*"
              + " ~/.local/share/man/man1/decant.1 ~/.local/share/man/man1/decant-*.1",
          "docs/install.md: curl -fLO"
              + " https://github.com/OWNER/decant/releases/download/v0.1.0/SHA256SUMS",
          "docs/install.md: gh attestation verify decant-0.1.0-linux-x86_64.tar.gz --repo"
              + " OWNER/decant --signer-workflow OWNER/decant/.github/workflows/release.yml",
          "docs/operations.md: aws cloudwatch put-metric-alarm --alarm-name decant-leak"
              + " --namespace decant --metric-name Leaks \\",
          "docs/scale.md: export DECANT_POLICY=policy.yaml"
              + " DECANT_STORE=s3://bucket/sanitized-snapshots"
              + " DECANT_SCRATCH=postgresql://decant@scratch:5432/postgres",
          "docs/scale.md: decant scale plan s3://raw-bucket/shop/production/shop_20260323/ --run r2"
              + " --chunk-bytes 1GB");

  private static final Pattern COMMANDS = Pattern.compile("sh( not-run| exit=\\d+)?");

  @Test
  void eachFencedBlockSaysWhetherItIsRun() {
    assertThat(
            Documents.blocks(Documents.all()).stream()
                .filter(block -> !DATA.matcher(block.info()).matches())
                .filter(block -> !COMMANDS.matcher(block.info()).matches())
                .map(FencedBlock::place))
        .as("write ```sh before commands that a reader runs, and ```text before output")
        .isEmpty();
  }

  /** Compares the first line of each block. If you add one, give the reason. */
  @Test
  void theseCommandsAndNoOthersAreNotRun() {
    assertThat(
            Documents.blocks(Documents.forReaders()).stream()
                .filter(FencedBlock::isNotRun)
                .map(
                    block -> block.document() + ": " + block.text().lines().findFirst().orElse("")))
        .containsExactlyElementsOf(NOT_RUN);
  }
}

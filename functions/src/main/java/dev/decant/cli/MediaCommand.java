package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.BucketSpec;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.media.Media;
import dev.decant.media.MediaRequest;
import dev.decant.media.MediaResult;
import dev.decant.progress.Progress;
import dev.decant.progress.Quantity;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant media}: copies the media of production into the bucket of a target. */
@Command(
    name = "media",
    description = {
      "Copies the objects of production's media bucket to the media bucket of a target.",
      "",
      "An object is copied if the target does not have it, or has it with another size or ETag. S3"
          + " itself copies them, many at the same time. Objects that an earlier run copied are not"
          + " copied again, even if that run was killed.",
      "",
      "With 'placeholder: true' in the targets file, small placeholders are written in place of"
          + " the source's bytes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant media --target staging --targets targets.yaml \\",
      "      --confirm staging-media --dry-run",
      "  decant media --target staging --targets targets.yaml \\",
      "      --confirm staging-media",
      "  decant media --target staging --targets targets.yaml \\",
      "      --confirm staging-media --delete"
    })
final class MediaCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin TargetOptions target = new TargetOptions();

  @Option(
      names = "--confirm",
      required = true,
      paramLabel = "BUCKET",
      description = "The name of the bucket to write, repeated as a guard.")
  String confirm = "";

  @Option(
      names = "--dry-run",
      description = "Count the objects to copy and to delete, but change nothing.")
  boolean dryRun;

  @Option(
      names = "--delete",
      description =
          "Delete objects that the source does not have. Default: 'delete' of the targets file.")
  boolean delete;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "The number of objects to copy at once, 1 to 256. Default: ${DEFAULT-VALUE}.")
  int jobs = MediaRequest.DEFAULT_JOBS;

  @Option(
      names = "--from-profile",
      paramLabel = "NAME",
      description = "The AWS profile that reads the source. Default: the usual credentials.")
  @Nullable String fromProfile;

  @Option(
      names = "--to-profile",
      paramLabel = "NAME",
      description = "The AWS profile that writes. Default: the usual credentials.")
  @Nullable String toProfile;

  private final Console console;

  MediaCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Target read = target.read(console.environment(), TargetUse.MEDIA);
    Progress progress = console.progress();
    MediaRequest request = request(read, progress);
    MediaResult result;
    try {
      result = Media.run(request);
    } finally {
      progress.done();
    }
    console
        .out()
        .println(common.json ? JsonOutput.json(document(request, result)) : text(request, result));
  }

  private MediaRequest request(Target read, Progress progress) {
    if (!read.permission().allowRefresh()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "Target "
              + read.name()
              + " may not be written, because "
              + target.targets
              + " does not say allow-refresh: true. Add that line if the target may be"
              + " overwritten.");
    }
    Target.Media media =
        read.media()
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.USAGE,
                        "Target "
                            + read.name()
                            + " has no media in "
                            + target.targets
                            + ". Write media: { from: s3://BUCKET, to: s3://BUCKET }."));
    return new MediaRequest(
        spec(media.from(), fromProfile),
        spec(media.to(), toProfile),
        confirm,
        read.permission().never(),
        new MediaRequest.Options(delete || media.delete(), media.placeholder(), dryRun, jobs),
        progress);
  }

  private static BucketSpec spec(Target.Bucket bucket, @Nullable String profile) {
    return new BucketSpec(
        bucket.bucket(),
        bucket.prefix(),
        bucket.endpoint(),
        bucket.region(),
        bucket.pathStyle(),
        Optional.ofNullable(profile));
  }

  private static String text(MediaRequest request, MediaResult result) {
    StringBuilder text = new StringBuilder(result.dryRun() ? "would copy " : "copied ");
    text.append(objects(result.copied())).append(", ").append(Quantity.bytes(result.copiedBytes()));
    text.append(", to ").append(request.to().location());
    text.append("; ").append(Quantity.count(result.unchanged())).append(" unchanged");
    if (request.options().delete()) {
      text.append("; ").append(result.dryRun() ? "would delete " : "deleted ");
      text.append(Quantity.count(result.deleted()));
    } else if (result.extra() > 0) {
      text.append("; ").append(Quantity.count(result.extra()));
      text.append(" that the source does not have stayed");
    }
    if (result.vanished() > 0) {
      text.append("; ")
          .append(Quantity.count(result.vanished()))
          .append(" were deleted in the source during the run");
    }
    return text.toString();
  }

  private static String objects(long count) {
    return Quantity.of(count, count == 1 ? "object" : "objects");
  }

  private static ObjectNode document(MediaRequest request, MediaResult result) {
    return JsonOutput.document()
        .put("from", request.from().location())
        .put("to", request.to().location())
        .put("dryRun", result.dryRun())
        .put("placeholder", request.options().placeholder())
        .put("objects", result.objects())
        .put("copied", result.copied())
        .put("copiedBytes", result.copiedBytes())
        .put("unchanged", result.unchanged())
        .put("deleted", result.deleted())
        .put("extra", result.extra())
        .put("vanished", result.vanished());
  }
}

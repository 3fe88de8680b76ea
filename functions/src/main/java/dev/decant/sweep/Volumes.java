package dev.decant.sweep;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.Ec2Client;
import dev.decant.aws.RunResources;
import dev.decant.aws.XmlElement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The volumes of EBS that ECS made for tasks of runs, and did not delete with them. Only volumes
 * that are attached to nothing are looked at. They hold masked rows that nobody has verified.
 */
final class Volumes implements Leftovers {
  private static final String BUSY =
      "It is attached to a task again. The next sweep looks at it again.";

  /** The parameters of {@code DescribeVolumes}. */
  private static final Map<String, String> FREE =
      Map.of(
          "Filter.1.Name", "status",
          "Filter.1.Value.1", "available",
          "Filter.2.Name", "tag-key",
          "Filter.2.Value.1", RunResources.TAG,
          "Filter.3.Name", "tag:AmazonECSManaged",
          "Filter.3.Value.1", "true",
          "MaxResults", "500");

  private final DeadRuns dead;

  Volumes(DeadRuns dead) {
    this.dead = dead;
  }

  @Override
  public String kind() {
    return "EBS volume";
  }

  @Override
  public List<Leftover> find() {
    return call("DescribeVolumes", "the volumes", this::find);
  }

  private List<Leftover> find(Ec2Client client) {
    List<Leftover> found = new ArrayList<>();
    Map<String, String> parameters = new HashMap<>(FREE);
    String next;
    do {
      XmlElement page = client.call("DescribeVolumes", parameters);
      page.child("volumeSet").children("item").map(this::judge).forEach(found::add);
      next = page.child("nextToken").text();
      parameters.put("NextToken", next);
    } while (!next.isEmpty());
    return found;
  }

  private Leftover judge(XmlElement volume) {
    String id = volume.child("volumeId").text();
    Map<String, String> tags =
        RunResources.tags(
            volume.child("tagSet").children("item").toList(),
            tag -> tag.child("key").text(),
            tag -> tag.child("value").text());
    Instant created = Instant.parse(volume.child("createTime").text());
    return dead.judge(id, tags, created, () -> delete(id));
  }

  private static Optional<String> delete(String id) {
    return call(
        "DeleteVolume",
        id,
        client -> {
          try {
            client.call("DeleteVolume", Map.of("VolumeId", id));
            return Optional.empty();
          } catch (AwsServiceException e) {
            return switch (AwsErrors.code(e)) {
              // ECS has deleted it meanwhile.
              case "InvalidVolume.NotFound" -> Optional.empty();
              case "VolumeInUse", "IncorrectState" -> Optional.of(BUSY);
              default -> throw e;
            };
          }
        });
  }

  private static <T> T call(String action, String what, Function<Ec2Client, T> call) {
    return AwsCall.of(Ec2Client::new, "ec2:" + action, what, call);
  }
}

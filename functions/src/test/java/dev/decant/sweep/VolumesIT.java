package dev.decant.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.hook.AwsEndpoint;
import dev.decant.hook.AwsEndpoint.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What moto cannot answer: pages, and errors of a deletion. */
final class VolumesIT {
  private static final String RUN = "d".repeat(24);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Volumes volumes = new Volumes(new DeadRuns("arn:workflow", Set::of, NOW));

  @Test
  void allPagesAreRead() throws IOException {
    Deque<Answer> pages = new ArrayDeque<>(List.of(page("vol-1", "n+1"), page("vol-2", "")));
    try (AwsEndpoint server = new AwsEndpoint("aws.endpointUrlEc2", _ -> pages.removeFirst())) {
      assertThat(volumes.find()).extracting(Leftover::name).containsExactly("vol-1", "vol-2");
      assertThat(server.requests.getFirst().body())
          .contains("Filter.1.Name=status", "Filter.1.Value.1=available")
          .doesNotContain("NextToken");
      assertThat(server.requests.getLast().body()).contains("NextToken=n%2B1");
    }
  }

  @Test
  void volumeThatIsGoneIsDeletedAndAnAttachedOneStays() throws IOException {
    assertThat(delete("InvalidVolume.NotFound")).isEmpty();
    assertThat(delete("VolumeInUse"))
        .hasValueSatisfying(why -> assertThat(why).contains("attached"));
    assertThatThrownBy(() -> delete("OperationNotPermitted"))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("ec2:DeleteVolume on vol-1: OperationNotPermitted");
  }

  private Optional<String> delete(String code) throws IOException {
    String error = "<Response><Errors><Error><Code>" + code + "</Code></Error></Errors></Response>";
    try (AwsEndpoint _ =
        new AwsEndpoint(
            "aws.endpointUrlEc2",
            request ->
                request.body().contains("DeleteVolume")
                    ? new Answer(400, "", error)
                    : page("vol-1", ""))) {
      return volumes.find().getFirst().deletion().delete();
    }
  }

  private static Answer page(String id, String next) {
    return new Answer(
        200,
        "",
        "<DescribeVolumesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><volumeSet>"
            + "<item><volumeId>"
            + id
            + "</volumeId><createTime>2026-02-28T10:00:00.000Z</createTime>"
            + "<tagSet><item><key>decant:run</key><value>"
            + RUN
            + "</value></item></tagSet></item>"
            + "</volumeSet><nextToken>"
            + next
            + "</nextToken></DescribeVolumesResponse>");
  }
}

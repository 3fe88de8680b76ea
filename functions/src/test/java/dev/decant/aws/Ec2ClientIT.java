package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.ErrorCode;
import dev.decant.hook.AwsEndpoint;
import dev.decant.hook.AwsEndpoint.Answer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** The requests and the errors of the query API, with a server that gives scripted answers. */
final class Ec2ClientIT {
  private static final Answer DONE = new Answer(200, "", "<R><return>true</return></R>");

  private final Deque<Answer> answers = new ArrayDeque<>();
  private List<AwsEndpoint.Request> requests = List.of();

  private XmlElement call(Answer... script) throws IOException {
    answers.addAll(List.of(script));
    try (AwsEndpoint server = new AwsEndpoint("aws.endpointUrlEc2", _ -> answers.removeFirst());
        Ec2Client client = new Ec2Client()) {
      requests = server.requests;
      return client.call("DeleteVolume", Map.of("VolumeId", "vol-1 ä&b"));
    }
  }

  private static Answer error(int status, String code) {
    return new Answer(
        status,
        "",
        "<Response><Errors><Error><Code>"
            + code
            + "</Code><Message>why</Message></Error></Errors><RequestID>r-7</RequestID></Response>");
  }

  @Test
  void requestIsASignedForm() throws IOException {
    assertThat(call(DONE).child("return").text()).isEqualTo("true");
    assertThat(requests).hasSize(1);
    AwsEndpoint.Request request = requests.getFirst();
    assertThat(request.path()).isEqualTo("/");
    assertThat(request.body())
        .isEqualTo("Action=DeleteVolume&Version=2016-11-15&VolumeId=vol-1+%C3%A4%26b");
    assertThat(request.authorization())
        .startsWith("AWS4-HMAC-SHA256 Credential=test/")
        .contains("/us-east-1/ec2/aws4_request")
        .contains("content-type");
  }

  @Test
  void throttledCallIsRepeated() throws IOException {
    Answer page = new Answer(502, "", "<html><body>Bad gateway<br></body></html>");
    assertThat(call(page, error(400, "RequestLimitExceeded"), DONE).child("return").text())
        .isEqualTo("true");
    assertThat(requests).hasSize(Ec2Client.ATTEMPTS);
  }

  @Test
  void lastErrorIsThrown() {
    Answer busy = error(503, "Unavailable");
    assertThatThrownBy(() -> call(busy, busy, busy, DONE))
        .isInstanceOfSatisfying(
            SdkException.class,
            e ->
                assertThat(AwsErrors.OF_STORE.failure("ec2:DeleteVolume", "vol-1", e))
                    .hasMessageContaining("Unavailable (status 503, request r-7)"));
    assertThat(requests).hasSize(Ec2Client.ATTEMPTS);
  }

  @Test
  void deniedCallIsNotRepeated() {
    assertThatThrownBy(() -> call(error(403, "UnauthorizedOperation"), DONE))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e ->
                assertThat(AwsErrors.OF_STORE.failure("ec2:DeleteVolume", "vol-1", e))
                    .hasMessageContaining("Allow this role ec2:DeleteVolume")
                    .extracting("code")
                    .isEqualTo(ErrorCode.STORE_DENIED));
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<R>",
        "<!DOCTYPE R [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><R><return>&e;</return></R>",
        "<!DOCTYPE R><R/>"
      })
  void answerMustBeXmlWithoutADocumentType(String body) {
    Answer answer = new Answer(200, "", body);
    assertThatThrownBy(() -> call(answer, answer, answer))
        .isInstanceOf(SdkException.class)
        .hasMessageContaining("not XML");
  }

  @Test
  void interruptEndsTheCall() throws IOException {
    Thread caller = Thread.currentThread();
    try (AwsEndpoint server =
            new AwsEndpoint(
                "aws.endpointUrlEc2",
                _ -> {
                  caller.interrupt();
                  return error(503, "Unavailable");
                });
        Ec2Client client = new Ec2Client()) {
      assertThatThrownBy(() -> client.call("DescribeVolumes", Map.of()))
          .isInstanceOf(AbortedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.requests).hasSize(1);
    }
  }
}

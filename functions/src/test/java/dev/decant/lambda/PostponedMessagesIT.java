package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.hook.AwsEndpoint;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages of a queue whose database is busy. */
final class PostponedMessagesIT {
  private static final String ENDPOINT = "aws.endpointUrlSqs";
  private static final String ARN = "arn:aws:sqs:eu-central-1:123456789012:RawDumps";
  private static final String DUMP = "{\"source\": \"s3://raw/snapshots/b/production/a.sql\"}";
  private static final String FAILED = "{\"batchItemFailures\":[{\"itemIdentifier\":\"m\"}]}";
  private static final String DONE = "{\"batchItemFailures\":[]}";

  @TempDir Path folder;

  @AfterEach
  void noEndpoint() {
    System.clearProperty(ENDPOINT);
  }

  @Test
  @Needs(Component.MOTO)
  void busyMessageWaitsInTheQueueForFiveMinutes() throws IOException {
    try (MotoServer moto = MotoServer.start(folder.resolve("moto.log"));
        SqsClient queues = moto.client(SqsClient.builder())) {
      System.setProperty(ENDPOINT, moto.endpoint());
      System.setProperty("aws.accessKeyId", "test");
      System.setProperty("aws.secretAccessKey", "test");
      String url = queues.createQueue(queue -> queue.queueName("RawDumps")).queueUrl();

      assertThat(call(ErrorCode.BUSY, message(Instant.now()))).hasToString(DONE);

      assertThat(
              queues
                  .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                  .attributes())
          .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
          .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "1");
    }
  }

  @Test
  void postponedMessageKeepsItsTextAndItsTime() throws IOException {
    Instant sent = Instant.now().minus(Duration.ofHours(5));
    ObjectNode again = message(Instant.now());
    again
        .withObject("messageAttributes")
        .withObject("decant-sent")
        .put("stringValue", Long.toString(sent.toEpochMilli()))
        .put("dataType", "Number");
    try (AwsEndpoint sqs = queue()) {
      call(ErrorCode.BUSY, again);

      JsonNode request = JsonMapper.builder().build().readTree(sqs.requests.getLast().body());
      assertThat(request.path("MessageBody").asText()).isEqualTo(DUMP);
      assertThat(request.path("DelaySeconds").asInt()).isEqualTo(300);
      assertThat(request.at("/MessageAttributes/decant-sent/StringValue").asLong())
          .isEqualTo(sent.toEpochMilli());
    }
  }

  /** Anybody who may send to the queue sets this attribute. */
  @Test
  void messageFromTheFutureIsNotPostponedForever() throws IOException {
    ObjectNode message = message(Instant.now());
    message
        .withObject("messageAttributes")
        .withObject("decant-sent")
        .put("stringValue", "999999999999999");
    try (AwsEndpoint sqs = queue()) {
      call(ErrorCode.BUSY, message);

      JsonNode request = JsonMapper.builder().build().readTree(sqs.requests.getLast().body());
      assertThat(request.at("/MessageAttributes/decant-sent/StringValue").asLong())
          .isLessThanOrEqualTo(Instant.now().toEpochMilli());
    }
  }

  @Test
  void messageThatIsBusyForSixHoursFails() throws IOException {
    Instant tooLate = Instant.now().minus(PostponedMessages.MOST).minusSeconds(1);
    Logger logger = (Logger) LoggerFactory.getLogger(PostponedMessages.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (AwsEndpoint sqs = queue()) {
      assertThat(call(ErrorCode.BUSY, message(tooLate))).hasToString(FAILED);
      assertThat(sqs.requests).isEmpty();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getKeyValuePairs)
        .asInstanceOf(InstanceOfAssertFactories.list(KeyValuePair.class))
        .as("what the metric filter of the template counts: failed, and not BUSY")
        .extracting(pair -> pair.key + "=" + pair.value)
        .containsExactly("event=failed", "code=WAITED_TOO_LONG");
  }

  @Test
  void messageThatFailedIsNotPostponed() throws IOException {
    try (AwsEndpoint sqs = queue()) {
      assertThat(call(ErrorCode.STORE_FAILED, message(Instant.now()))).hasToString(FAILED);
      assertThat(call(ErrorCode.POLICY_INVALID, message(Instant.now()))).hasToString(FAILED);
      assertThat(sqs.requests).isEmpty();
    }
  }

  /** SQS must not delete the only copy of the message. */
  @Test
  void messageThatTheQueueDoesNotTakeFails() throws IOException {
    try (AwsEndpoint _ = queue()) {
      assertThat(call(ErrorCode.BUSY, message(Instant.now()))).hasToString(FAILED);
    }
    assertThat(call(ErrorCode.BUSY, message(Instant.now()).put("eventSourceARN", "x")))
        .hasToString(FAILED);
  }

  /** A queue whose policy denies messages. */
  private static AwsEndpoint queue() throws IOException {
    return new AwsEndpoint(
        ENDPOINT,
        request ->
            request.target().endsWith("SendMessage")
                ? new AwsEndpoint.Answer(400, "", "{\"__type\": \"AccessDeniedException\"}")
                : new AwsEndpoint.Answer(
                    200, "", "{\"QueueUrl\": \"http://127.0.0.1/1/RawDumps\"}"));
  }

  private static ObjectNode message(Instant sent) {
    ObjectNode message = JsonMapper.builder().build().createObjectNode();
    message.put("messageId", "m").put("eventSource", "aws:sqs").put("body", DUMP);
    message.put("eventSourceARN", ARN);
    message.withObject("attributes").put("SentTimestamp", Long.toString(sent.toEpochMilli()));
    return message;
  }

  /** The answer of the function, whose job fails with a code. */
  private static JsonNode call(ErrorCode code, ObjectNode message) throws IOException {
    Wiring wiring =
        new Wiring(
            () -> new DumpFilter("snapshots", "s3://out"),
            () -> {},
            (dump, order, deadline) -> {
              throw new DecantException(code, "made up.");
            },
            new SelfTest(
                Path.of("/tmp"),
                () -> {
                  throw new DecantException(ErrorCode.SCRATCH_FAILED, "no server here");
                }));
    ObjectNode event = JsonMapper.builder().build().createObjectNode();
    event.withArray("Records").add(message);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SanitizeSnapshotHandler(wiring)
        .handleRequest(
            new ByteArrayInputStream(event.toString().getBytes(UTF_8)),
            answer,
            new LocalContext("SanitizeSnapshot", Duration.ofSeconds(100)));
    return JsonMapper.builder().build().readTree(answer.toByteArray());
  }
}

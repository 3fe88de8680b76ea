package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.aws.AwsHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Sends a message again, to be delivered in five minutes, if another run of its database is at
 * work. If the call only reported the message as failed, SQS would deliver it after the visibility
 * time-out of the queue, which must be much longer than a call, and would give it up after the
 * third time.
 */
final class PostponedMessages {
  static final Duration DELAY = Duration.ofMinutes(5);

  /** After this time a message that is still busy counts as failed, so that an alarm goes off. */
  static final Duration MOST = Duration.ofHours(6);

  private static final String WAITED_TOO_LONG = "WAITED_TOO_LONG";

  /** The attribute with the time when the event was sent first, in milliseconds since 1970. */
  private static final String SENT = "decant-sent";

  private static final Duration CALL = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(PostponedMessages.class);

  private PostponedMessages() {}

  /**
   * When the event of a message was sent first. It is now if the message does not say it, or names
   * a time in the future, at which it would never be too old.
   */
  static Instant sent(JsonNode message) {
    String first = message.path("messageAttributes").path(SENT).path("stringValue").asText();
    String last = message.path("attributes").path("SentTimestamp").asText();
    String sent = first.isEmpty() ? last : first;
    long now = Instant.now().toEpochMilli();
    return Instant.ofEpochMilli(
        sent.matches("[0-9]{1,15}") ? Math.min(now, Long.parseLong(sent)) : now);
  }

  /**
   * Sends a message again. The caller must then not report it as failed, so that SQS deletes the
   * one that was delivered.
   *
   * @return false if the message stays as it is, because it is too old or SQS does not take it
   */
  static boolean postpone(Envelope.Message message, Instant now) {
    if (message.sent().isBefore(now.minus(MOST))) {
      waitedTooLong();
      return false;
    }
    // arn:aws:sqs:REGION:ACCOUNT:NAME
    String[] queue = message.queue().split(":", -1);
    if (queue.length != 6) {
      return false;
    }
    try (SqsClient client = client(queue[3])) {
      String url =
          client
              .getQueueUrl(r -> r.queueName(queue[5]).queueOwnerAWSAccountId(queue[4]))
              .queueUrl();
      client.sendMessage(
          r ->
              r.queueUrl(url)
                  .messageBody(message.body())
                  .delaySeconds((int) DELAY.toSeconds())
                  .messageAttributes(Map.of(SENT, millis(message.sent()))));
      return true;
    } catch (SdkException e) {
      LOG.warn(
          "The message cannot be sent to {} again ({}). SQS delivers it after the visibility"
              + " time-out. Allow sqs:GetQueueUrl and sqs:SendMessage, and give a private network"
              + " an endpoint for sqs.",
          message.queue(),
          e.getClass().getSimpleName());
      return false;
    }
  }

  /** The metric of failed dumps counts this line. It does not count BUSY. */
  private static void waitedTooLong() {
    LOG.atError()
        .addKeyValue("event", "failed")
        .addKeyValue("code", WAITED_TOO_LONG)
        .log(
            "A dump has waited for {} hours, because other runs of its database are at work. Look"
                + " at the claims of these runs: decant sweep --from STORE --dry-run. SQS delivers"
                + " the message after its visibility time-out, and moves it to the dead-letter"
                + " queue after the third time.",
            MOST.toHours());
  }

  private static MessageAttributeValue millis(Instant sent) {
    return MessageAttributeValue.builder()
        .dataType("Number")
        .stringValue(Long.toString(sent.toEpochMilli()))
        .build();
  }

  private static SqsClient client(String region) {
    return SqsClient.builder()
        .region(Region.of(region))
        .httpClientBuilder(AwsHttp.usual())
        .overrideConfiguration(c -> c.apiCallTimeout(CALL))
        .build();
  }
}

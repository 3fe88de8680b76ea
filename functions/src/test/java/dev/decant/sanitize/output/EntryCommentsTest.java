package dev.decant.sanitize.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EntryCommentsTest {
  @Test
  void aCommentWithAnAddressIsLeftOut() {
    byte[] comment =
        "--\n-- Name: ann@bank.de; Type: TABLE; Schema: s; Owner: -\n--\n".getBytes(UTF_8);
    assertThat(EntryComments.published(comment)).isEmpty();
  }

  @Test
  void anOrdinaryCommentIsPublished() {
    byte[] comment = "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n".getBytes(UTF_8);
    assertThat(EntryComments.published(comment)).isEqualTo(comment);
  }
}

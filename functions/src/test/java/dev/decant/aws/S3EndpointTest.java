package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3EndpointTest {
  @Test
  void aUrlWithAHostIsOne() {
    assertThat(S3Clients.uri("http://minio:9000").getPort()).isEqualTo(9000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://minio_s3:9000", "minio:9000", "http://", "http://a b"})
  void whatHasNoHostIsToldWithTheReason(String text) {
    assertThatThrownBy(() -> S3Clients.uri(text))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining("The name of the host must not have an underscore");
  }
}

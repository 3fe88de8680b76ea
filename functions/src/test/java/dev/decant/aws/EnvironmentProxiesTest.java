package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentProxiesTest {
  private static String way(Map<String, String> environment, String url) {
    return EnvironmentProxies.of(environment)
        .route(URI.create(url))
        .map(ProxyRoute::toString)
        .orElse("of Java");
  }

  @Test
  void schemeChoosesTheVariable() {
    Map<String, String> both =
        Map.of("HTTP_PROXY", "http://plain:3128", "HTTPS_PROXY", "http://tls:3129/");
    assertThat(way(both, "http://store/")).contains("plain").contains("3128");
    assertThat(way(both, "https://store/")).contains("tls").contains("3129");
    assertThat(way(Map.of("HTTP_PROXY", "plain"), "https://store/")).isEqualTo("of Java");
  }

  @Test
  void lowerCaseTakesPrecedence() {
    Map<String, String> both = Map.of("HTTPS_PROXY", "upper:1", "https_proxy", "lower:2");
    assertThat(way(both, "https://store/")).contains("lower");
    Map<String, String> off = Map.of("HTTPS_PROXY", "upper:1", "https_proxy", "");
    assertThat(way(off, "https://store/")).isEqualTo("of Java");
  }

  @Test
  void portIs80WithoutOne() {
    assertThat(way(Map.of("https_proxy", "proxy"), "https://store/"))
        .contains("proxy")
        .contains(":80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                          | https://s3.amazonaws.com/  | true
          .example.com               | https://a.b.example.com/   | true
          .example.com               | https://example.com/       | true
          example.com                | https://A.Example.com/     | true
          *.example.com              | https://a.example.com/     | true
          .example.com               | https://badexample.com/    | false
          .example.com               | https://example.com.evil/  | false
          a, 10.0.0.7                | https://10.0.0.7/          | true
          10.0.0.7                   | https://10.0.0.70/         | false
          ::1                        | https://[::1]:9000/        | true
          store:9000                 | https://store:9000/        | true
          store:9000                 | https://store:9001/        | false
          ,                          | https://store/             | false
          .                          | https://store/             | false
          """)
  void noProxyNamesHosts(String hosts, String url, boolean direct) {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", hosts);
    assertThat(way(environment, url).equals("DIRECT")).isEqualTo(direct);
  }

  @Test
  void credentialsAreDecodedAndNotShown() {
    ProxyRoute route =
        EnvironmentProxies.of(Map.of("HTTPS_PROXY", "http://me:s%40c+ret@proxy:3128"))
            .route(URI.create("https://store/"))
            .orElseThrow();
    assertThat(route.user().map(ProxyUser::header)).contains("Basic bWU6c0BjK3JldA==");
    assertThat(route.toString()).doesNotContain("me").doesNotContain("bWU6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:s3cret@",
        "http://me:s3cret@@proxy:1",
        "http://me:s3cret@proxy:x",
        "http://me:s3cret@proxy:70000",
        "http://me:s3cret%0a@proxy:1",
        "http://me:s3cret%zz@proxy:1",
        "socks5://me:s3cret@proxy:1",
        "https://me:s3cret@proxy:1",
        "me:s3cret@pro xy:1"
      })
  void malformedValueIsNamedAndNotShown(String value) {
    assertThatThrownBy(() -> EnvironmentProxies.of(Map.of("https_proxy", value)))
        .isInstanceOf(DecantException.class)
        .hasNoCause()
        .hasMessageContaining("The environment variable https_proxy ")
        .hasMessageNotContaining("s3cret");
  }
}

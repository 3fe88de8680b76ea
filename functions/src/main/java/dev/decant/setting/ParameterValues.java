package dev.decant.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The parameters of a policy or a targets file, from the environment and from a secret. */
public final class ParameterValues {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ParameterValues() {}

  /**
   * The values by their names in the file. The environment takes precedence over the secret.
   *
   * @param secrets reads a secret by its ARN
   * @throws DecantException SETTING_INVALID if the secret is not a JSON object of texts; the
   *     message shows none of it
   */
  public static Map<String, String> of(Settings settings, Function<String, byte[]> secrets) {
    Map<String, String> parameters = new TreeMap<>();
    settings
        .value(Setting.PARAMETERS_SECRET)
        .ifPresent(arn -> parameters.putAll(parse(secrets.apply(arn))));
    parameters.putAll(settings.parameters());
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * The same values, but those that are given on the command line take precedence.
   *
   * @throws DecantException as {@link #of(Settings, Function)}
   */
  public static Map<String, String> of(
      Settings settings, Function<String, byte[]> secrets, Map<String, String> given) {
    Map<String, String> parameters = new TreeMap<>(of(settings, secrets));
    parameters.putAll(given);
    return Collections.unmodifiableMap(parameters);
  }

  private static Map<String, String> parse(byte[] secret) {
    Map<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : tree(secret).properties()) {
      if (!field.getValue().isTextual()) {
        throw invalid();
      }
      parameters.put(field.getKey(), field.getValue().asText());
    }
    return parameters;
  }

  private static JsonNode tree(byte[] secret) {
    try {
      JsonNode tree = JSON.readTree(secret);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      // The exception's message would show the secret.
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory", e);
    }
    throw invalid();
  }

  private static DecantException invalid() {
    return Settings.invalid(
        Setting.PARAMETERS_SECRET,
        "the ARN of a secret that is a JSON object whose values are texts");
  }
}

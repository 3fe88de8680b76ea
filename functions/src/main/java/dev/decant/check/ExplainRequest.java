package dev.decant.check;

import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.NamedFile;
import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The column to explain.
 *
 * @param schema the source of the column's type; null if only the policy is known
 * @param key the masking key for the examples
 */
public record ExplainRequest(
    TableName table,
    String column,
    NamedFile policy,
    @Nullable CheckRequest schema,
    MaskingKey key) {}

package dev.decant.check;

import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.NamedFile;
import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The column to explain.
 *
 * @param schema what to read the type of the column from; null if nothing is known but the policy
 * @param key for the examples
 */
public record ExplainRequest(
    TableName table,
    String column,
    NamedFile policy,
    @Nullable CheckRequest schema,
    MaskingKey key) {}

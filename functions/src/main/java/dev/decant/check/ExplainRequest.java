package dev.decant.check;

import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.NamedFile;
import org.jspecify.annotations.Nullable;

/**
 * The column to explain.
 *
 * @param schema of the table; null if it is not known, so that the table may be in any schema
 * @param source of the column's type; null if only the policy is known
 * @param key the masking key for the examples
 */
public record ExplainRequest(
    @Nullable String schema,
    String table,
    String column,
    NamedFile policy,
    @Nullable CheckRequest source,
    MaskingKey key) {}

package dev.decant.policy;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a policy.
 *
 * @param line of the policy file, from 1; 0 where it is about something that the file lacks
 * @param message what is wrong and what to write instead
 */
public record Problem(
    int line, @Nullable TableName table, @Nullable String column, String message) {}

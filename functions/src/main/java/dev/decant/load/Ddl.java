package dev.decant.load;

import dev.decant.schema.TableName;
import java.util.Optional;

/**
 * A statement that a loaded database gets.
 *
 * @param line of the dump where it stands
 * @param object what it is about, for messages; no literal text
 * @param sql the statement
 * @param table that it locks, where that is known: two statements on one table do not run side by
 *     side
 */
public record Ddl(long line, String object, String sql, Optional<TableName> table) {}

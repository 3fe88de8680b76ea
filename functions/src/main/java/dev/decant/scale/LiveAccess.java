package dev.decant.scale;

import dev.decant.live.LiveOptions;
import dev.decant.postgres.ServerAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a process reaches the source of its run.
 *
 * @param server makes the address of a database of its URL, with the password
 * @param options makes the options of the encoding that the plan names
 */
public record LiveAccess(
    Function<String, ServerAddress> server, Function<Optional<String>, LiveOptions> options) {}

package dev.decant.inspect;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Progress;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchOptions;
import dev.decant.source.Source;
import dev.decant.source.SourceChoice;
import dev.decant.source.Sources;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The options for the inspection of a source, which is a dump, a file of DDL, or a live database.
 *
 * @param sample whether to look at rows
 * @param scratch the server that runs the DDL of a file: {@code embedded}, or a URL
 * @param options of the embedded server
 * @param limit the longest time of each statement in a live database
 * @param environment for libpq's variables
 * @param choice the database and the schema of a dump
 */
public record Inspection(
    boolean sample,
    String scratch,
    ScratchOptions options,
    Duration limit,
    Map<String, String> environment,
    SourceChoice choice) {
  public Inspection {
    environment = Map.copyOf(environment);
  }

  /**
   * Inspects a source. An interrupt (Ctrl-C) ends the inspection and its scratch server.
   *
   * @param source {@code postgresql://…} for a live database; else a file, {@code s3://bucket/key}
   *     or {@code -}
   * @throws DecantException if the source cannot be read
   */
  public Inspected of(String source, Progress progress) {
    return with(source, progress, (inspected, server) -> inspected);
  }

  /**
   * Inspects a source, and works on the result while a server has its schema.
   *
   * @param source as {@link #of} takes it
   * @param work gets the result, and the server, whose connection is valid until the function
   *     returns
   * @throws DecantException if the source cannot be read, and those of the function
   */
  public <R> R with(String source, Progress progress, BiFunction<Inspected, SchemaServer, R> work) {
    return with(source, progress, CompletableFuture.completedFuture(source), work);
  }

  /**
   * Does the same as the other method while the caller prepares something for the work.
   *
   * @param prepared if it fails, the inspection ends with {@link ErrorCode#CANCELLED}
   */
  public <R> R with(
      String source,
      Progress progress,
      CompletableFuture<?> prepared,
      BiFunction<Inspected, SchemaServer, R> work) {
    RunGuard guard = new RunGuard(null, "nothing was changed", "Run it again.");
    Interrupt interrupt = new Interrupt(guard);
    try (guard;
        interrupt) {
      var _ = prepared.whenComplete((_, failure) -> endIf(failure != null, guard));
      return guard.interruptibly(() -> inspect(source, guard::check, progress, work));
    } catch (DecantException e) {
      throw guard.orEnd(e);
    }
  }

  private static void endIf(boolean failed, RunGuard guard) {
    if (failed) {
      guard.end(new DecantException(ErrorCode.CANCELLED, "The inspection was ended."));
    }
  }

  private <R> R inspect(
      String source,
      Runnable guard,
      Progress progress,
      BiFunction<Inspected, SchemaServer, R> work) {
    if (ServerUrl.isOne(source)) {
      return DatabaseInspection.with(
          ServerUrl.parse(source, environment),
          sample,
          limit,
          guard,
          progress,
          (inspected, session) -> work.apply(inspected, new SchemaServer(session, false)));
    }
    try (Source opened = Sources.open(source, choice);
        StartingServer server = StartingServer.start(scratch, options)) {
      return DumpInspection.with(
          opened,
          () -> server.await(guard),
          sample,
          guard,
          progress,
          (inspected, scratch) -> work.apply(inspected, new SchemaServer(scratch, true)));
    }
  }
}

package dev.decant.target;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An action outside of the database that a refresh starts. */
public sealed interface Hook {
  Limits limits();

  /** A description for people, with parameters as the file writes them and without secrets. */
  String describe();

  /**
   * When a hook counts as failed, and what happens then.
   *
   * @param line the hook's line in the file, for messages
   * @param within the time for all attempts of the hook and the pauses between them
   * @param retries how many attempts may follow the first; if it is empty, the deadline alone
   *     limits the attempts
   */
  record Limits(int line, Duration within, Optional<Integer> retries, OnFailure onFailure) {}

  /** The reaction of a refresh to a failed hook. */
  enum OnFailure {
    /** The refresh fails, and staging returns to its former state. */
    UNDO,
    /** The refresh reports the failure and goes on. */
    CONTINUE
  }

  /** Invokes a Lambda function and waits for its answer. */
  record Lambda(FilledText function, Limits limits) implements Hook {
    @Override
    public String describe() {
      return "invoke the Lambda function " + function;
    }
  }

  /** Sends GET requests to a URL until it answers with the expected status. */
  record Http(FilledText url, int expect, Limits limits) implements Hook {
    @Override
    public String describe() {
      return "GET " + Urls.shown(url.written()) + " until it answers " + expect;
    }
  }

  /**
   * Removes all keys of a Redis server or of one of its databases, or those that match a pattern.
   */
  record Redis(FilledText url, Keys keys, Limits limits) implements Hook {
    @Override
    public String describe() {
      String what =
          switch (keys) {
            case Keys.All() -> "flush all databases";
            case Keys.Database() -> "flush the database";
            case Keys.Matching(FilledText pattern) -> "remove the keys " + pattern;
          };
      return what + " of " + Urls.shown(url.written());
    }
  }

  /** The keys of a Redis server that a hook removes. */
  sealed interface Keys {
    /** All keys of all databases. */
    record All() implements Keys {}

    /** All keys of the database in the URL. */
    record Database() implements Keys {}

    /** The keys of the database in the URL that match a pattern of Redis ({@code session:*}). */
    record Matching(FilledText pattern) implements Keys {}
  }

  /**
   * Sets the number of tasks of an ECS service, and waits until that many tasks run.
   *
   * @param service {@code CLUSTER/SERVICE}
   */
  record EcsService(FilledText service, int desired, Limits limits) implements Hook {
    public String cluster() {
      return service.value().substring(0, service.value().indexOf('/'));
    }

    public String serviceName() {
      return service.value().substring(service.value().indexOf('/') + 1);
    }

    @Override
    public String describe() {
      return "set the ECS service " + service + " to " + desired + " tasks";
    }
  }

  /** Runs a program, without a shell. */
  record Command(List<FilledText> words, Limits limits) implements Hook {
    public Command {
      words = List.copyOf(words);
    }

    @Override
    public String describe() {
      int more = words.size() - 1;
      return "run "
          + words.getFirst()
          + (more == 0 ? "" : more == 1 ? " with one argument" : " with " + more + " arguments");
    }
  }
}

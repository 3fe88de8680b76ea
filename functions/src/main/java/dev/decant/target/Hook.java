package dev.decant.target;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something outside the database that a refresh sets off. */
public sealed interface Hook {
  Limits limits();

  /** What it does, for people: as the file says it, without secrets. */
  String describe();

  /**
   * When a hook has failed, and what then.
   *
   * @param line of the file, for messages
   * @param within the deadline of the hook, all attempts and pauses included
   * @param retries how many attempts may follow the first; empty: as many as the deadline allows
   */
  record Limits(int line, Duration within, Optional<Integer> retries, OnFailure onFailure) {}

  /** What a refresh does when a hook has failed. */
  enum OnFailure {
    /** Staging becomes again what it was. */
    UNDO,
    /** The failure is told, and the refresh goes on. */
    CONTINUE
  }

  /** Calls a Lambda function and waits for its answer. */
  record Lambda(Filled function, Limits limits) implements Hook {
    @Override
    public String describe() {
      return "invoke the Lambda function " + function;
    }
  }

  /** Asks a URL until it answers with a status. */
  record Http(Filled url, int expect, Limits limits) implements Hook {
    @Override
    public String describe() {
      return "GET " + Urls.shown(url.written()) + " until it answers " + expect;
    }
  }

  /** Empties a Redis server, one of its databases, or the keys of a pattern. */
  record Redis(Filled url, Keys keys, Limits limits) implements Hook {
    @Override
    public String describe() {
      String what =
          switch (keys) {
            case Keys.All() -> "flush all databases";
            case Keys.Database() -> "flush the database";
            case Keys.Matching(Filled pattern) -> "remove the keys " + pattern;
          };
      return what + " of " + Urls.shown(url.written());
    }
  }

  /** Which keys of a Redis server. */
  sealed interface Keys {
    /** All, of every database. */
    record All() implements Keys {}

    /** All of the URL's database. */
    record Database() implements Keys {}

    /** Those of the URL's database that match a pattern of Redis ({@code session:*}). */
    record Matching(Filled pattern) implements Keys {}
  }

  /**
   * Sets how many tasks an ECS service runs, and waits until so many do.
   *
   * @param service {@code CLUSTER/SERVICE}
   */
  record EcsService(Filled service, int desired, Limits limits) implements Hook {
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
  record Command(List<Filled> words, Limits limits) implements Hook {
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

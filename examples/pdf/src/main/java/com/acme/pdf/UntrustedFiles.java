package com.acme.pdf;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.data.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// Two hostile files among forty good ones: what becomes of the good ones, in worker processes and
/// in threads? Each try is a service in a JVM of its own, so that it may break.
public final class UntrustedFiles {

  /// How the service makes its previews.
  enum Way {
    PROCESSES,
    THREADS;

    /// As an argument, and in the table.
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What one try showed.
  ///
  /// @param good how many of the good files have a preview
  /// @param bad how the requests for the hostile ones ended, as far as they did
  /// @param end what was left, or how the service itself ended
  record Outcome(int good, List<String> bad, String end) {}

  private UntrustedFiles() {}

  public static void main(String[] args) {
    for (Hostile hostile : Hostile.values()) {
      System.out.printf("%n%s, %d bytes%n", hostile.title(), hostile.file().length);
      for (Way way : Way.values()) {
        Outcome seen = tried(way, hostile);
        System.out.printf(
            "  %-9s  %2d of %d good files; the bad ones: %s; %s%n",
            way.id(), seen.good(), Batch.GOOD, String.join(", ", seen.bad()), seen.end());
      }
    }
  }

  static Outcome tried(Way way, Hostile hostile) {
    List<Batch.Told> told = new CopyOnWriteArrayList<>();
    ForkOptions options =
        ForkOptions.builder()
            .args(way.id(), hostile.name())
            .heapLimit("192m")
            .exitOnOutOfMemory(true)
            .execArgv("-Djava.awt.headless=true")
            .silent(true)
            .build();
    ChildProcess service = Fork.fork(Batch.class, options);
    service.onMessage(Batch.Told.class, told::add);
    Exit exit = service.closed().join();
    List<String> bad = new ArrayList<>();
    String end = "the service ended: " + exit.describe();
    int good = 0;
    for (Batch.Told one : told) {
      switch (one.kind()) {
        case GOOD -> good++;
        case BAD -> bad.add(one.detail());
        case LEFT -> end = one.detail();
      }
    }
    return new Outcome(good, bad, end);
  }
}

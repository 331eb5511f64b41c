package dev.forklab.bench.jmh;

import java.util.List;

/// JVM flags beside those that a plan asks for: how a selftest hands its instruments what they
/// need.
///
/// @param parent of the JVM that runs a trial
/// @param workers of each child JVM of the fork model
public record ExtraFlags(List<String> parent, List<String> workers) {

  public static final ExtraFlags NONE = new ExtraFlags(List.of(), List.of());

  public ExtraFlags {
    parent = List.copyOf(parent);
    workers = List.copyOf(workers);
  }
}

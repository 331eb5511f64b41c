package dev.forklab.reports.analysis;

import java.util.List;

/// The run's answer in words.
///
/// @param headline one sentence: what to choose, where
/// @param lines a few sentences behind it: why, then what each model costs and saves, each with its
///   numbers
/// @param caveats what limits it, most important first
public record Answer(String headline, List<String> lines, List<String> caveats) {

  public Answer {
    lines = List.copyOf(lines);
    caveats = List.copyOf(caveats);
  }
}

package dev.forklab.reports.analysis;

import java.util.List;

/// The run's answer in words.
///
/// @param headline one sentence: what to choose, where
/// @param lines a few sentences behind it: why, then what each model costs and saves, each with its
///   numbers
/// @param caveats what limits it, most important first
/// @param decisive how many of them, from the first, could change the headline; the others limit
///   what else the run says
public record Answer(String headline, List<String> lines, List<String> caveats, int decisive) {

  /// More than this no one reads beside an answer.
  public static final int MOST_BESIDE = 3;

  public Answer {
    lines = List.copyOf(lines);
    caveats = List.copyOf(caveats);
    if (decisive < 0 || decisive > caveats.size()) {
      throw new IllegalArgumentException(
          "expected 0 to " + caveats.size() + " decisive caveats, found " + decisive);
    }
  }

  /// An answer that any of its caveats could change.
  public Answer(String headline, List<String> lines, List<String> caveats) {
    this(headline, lines, caveats, caveats.size());
  }

  /// What to show beside the headline: at most [#MOST_BESIDE].
  public List<String> mainCaveats() {
    return caveats.subList(0, Math.min(decisive, MOST_BESIDE));
  }

  /// All that [#mainCaveats] leaves out: to be counted there, and shown elsewhere.
  public List<String> otherCaveats() {
    return caveats.subList(mainCaveats().size(), caveats.size());
  }
}

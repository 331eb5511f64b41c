package dev.forklab.reports.analysis;

import java.util.ArrayList;
import java.util.List;

/// Puts the answer together: the headline, why, what stands behind it, what limits it.
final class Answers {

  private Answers() {}

  static Answer of(Facts facts) {
    List<String> lines = new ArrayList<>();
    Headline.why(facts).ifPresent(lines::add);
    facts.mainCell().ifPresent(cell -> lines.addAll(ModelLines.of(facts, cell)));
    facts.mainCell().ifPresent(cell -> lines.addAll(Growth.of(facts, cell)));
    lines.addAll(MethodLines.of(facts));
    Caveats caveats = Caveats.of(facts);
    return new Answer(Headline.of(facts), lines, caveats.inOrder(), caveats.decisive());
  }
}

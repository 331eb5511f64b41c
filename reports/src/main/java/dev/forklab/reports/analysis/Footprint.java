package dev.forklab.reports.analysis;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.MemorySample.Phase;
import dev.forklab.reports.results.Model;
import java.util.Map;

/// Start-up and memory of one model with one number of workers, measured alone.
///
/// @param firstReply nanoseconds from asking for the pool until its first reply
/// @param allReplies nanoseconds until as many concurrent tasks as workers were answered
/// @param memory bytes by phase
public record Footprint(
    Cell cell, Model model, Estimate firstReply, Estimate allReplies, Map<Phase, Memory> memory) {

  public Footprint {
    memory = Map.copyOf(memory);
  }

  /// Bytes of the whole process tree; an unknown size has the value -1.
  public record Memory(
      Estimate pss, Estimate uss, Estimate rss, Estimate heapUsed, Estimate heapCommitted) {}
}

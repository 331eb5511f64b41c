package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import java.util.Map;

/// Start-up and memory of one model with one number of workers, measured alone.
///
/// @param firstReply nanoseconds from asking for the pool until its first reply
/// @param allReplies nanoseconds until as many concurrent tasks as workers were answered
/// @param coldest the same of the first start in each JVM, which the others leave out
/// @param memory bytes by phase; of the loaded phase its second half, when it has become steady
/// @param shares what the memory is made of, under load if that was read
public record Footprint(
    Cell cell,
    Model model,
    Estimate firstReply,
    Estimate allReplies,
    Estimate coldest,
    Map<Phase, Memory> memory,
    Shares shares) {

  /// A footprint of which no more is known.
  public Footprint(
      Cell cell, Model model, Estimate firstReply, Estimate allReplies, Map<Phase, Memory> memory) {
    this(cell, model, firstReply, allReplies, Estimate.unknown(), memory, Shares.UNKNOWN);
  }

  public Footprint {
    memory = Map.copyOf(memory);
  }

  /// What the memory of a tree is made of, in bytes; an unknown size has the value -1.
  ///
  /// @param peakPss the most that was seen at any moment under load
  /// @param heap proportional size of the heaps' resident pages
  /// @param outsideHeap the rest of the proportional size: code, metadata, stacks, collectors,
  ///   files
  /// @param savedByArchives what sharing the JDK's archives among processes (with those of other
  ///   programs too) takes off the resident size
  public record Shares(
      Estimate peakPss, Estimate heap, Estimate outsideHeap, Estimate savedByArchives) {

    static final Shares UNKNOWN =
        new Shares(Estimate.unknown(), Estimate.unknown(), Estimate.unknown(), Estimate.unknown());
  }

  /// Bytes of the whole process tree; an unknown size has the value -1.
  public record Memory(
      Estimate pss, Estimate uss, Estimate rss, Estimate heapUsed, Estimate heapCommitted) {}
}

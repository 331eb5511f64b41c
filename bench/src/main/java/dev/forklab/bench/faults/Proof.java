package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Whether a fault happened: each leaves something that nothing else leaves.
///
/// @param witness what the [Witness] reads
/// @param answers what came of the tasks that carried the fault
/// @param exits exit codes of the service's processes that have ended
/// @param words what the service and its workers printed, and their crash reports
/// @param signalled what a signal was seen to do
/// @param neighborNanos CPU time of a neighbor
record Proof(
    long witness,
    List<String> answers,
    List<Integer> exits,
    List<String> words,
    String signalled,
    long neighborNanos) {

  private static final long FEWEST_NANOS = 200_000_000;
  private static final int MIB = 1 << 20;
  private static final long LEAST_GARBAGE_BYTES = 16L * MIB;

  Proof {
    answers = List.copyOf(answers);
    exits = List.copyOf(exits);
    words = List.copyOf(words);
  }

  /// What shows that it happened; empty if nothing does.
  Optional<String> of(Fault fault) {
    return switch (fault) {
      case NONE -> Optional.of("nothing was done");
      case EXCEPTION -> said(answers, Misdeeds.WORDS);
      case EXIT -> exit(Misdeeds.EXIT_CODE);
      case HALT -> exit(Misdeeds.HALT_CODE);
      case POISON -> exit(Misdeeds.POISON_CODE).map(found -> found + "; taken " + times(witness));
      case KILL, STOP -> Optional.of(signalled).filter(Predicate.not(String::isEmpty));
      case SEGV -> said(words, "SIGSEGV");
      case OOM -> said(answers, "OutOfMemoryError").or(() -> said(words, "OutOfMemoryError"));
      case NATIVE ->
          said(answers, "direct buffer memory")
              .or(() -> said(words, "direct buffer memory"))
              .or(() -> moved(24L * MIB, "%d MiB of direct memory were taken", MIB));
      case STACK -> said(answers, "StackOverflowError");
      case LOOP -> moved(2, "it has looped %d million times", 1);
      case DEADLOCK -> moved(1, "both threads were seen to be blocked", 1);
      case IGNORE -> moved(1, "it waits, and was interrupted %d times", 1);
      case LEAK -> moved(MIB, "%d MiB were leaked", MIB);
      case THREADS -> moved(1, "%d threads were leaked", 1);
      case DESCRIPTORS -> moved(1, "%d descriptors were leaked", 1);
      case GARBAGE -> moved(LEAST_GARBAGE_BYTES, "%d MiB of garbage were made", MIB);
      case STATIC -> moved(1, "the static state was written to", 1);
      case HUGE -> moved(1, "a reply of %d MiB was made", MIB);
      case NEIGHBOR ->
          Optional.of(neighborNanos)
              .filter(nanos -> nanos >= FEWEST_NANOS)
              .map(nanos ->
                  String.format(Locale.ROOT, "the neighbor used %.1f s of CPU", nanos / 1e9));
    };
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }

  /// By the service's own exit code, or by what its pool says of a worker.
  private Optional<String> exit(int code) {
    return exits.contains(code)
        ? Optional.of("the service exited with code " + code)
        : said(answers, "exited with code " + code);
  }

  private static Optional<String> said(List<String> texts, String words) {
    return texts.stream()
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> line.contains(words))
        .findFirst();
  }

  private Optional<String> moved(long least, String words, long unit) {
    return witness >= least ? Optional.of(words.formatted(witness / unit)) : Optional.empty();
  }
}

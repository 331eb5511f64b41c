package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunClaims.Claim;
import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.reports.analysis.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What several runs on one machine say of the same comparisons: how often they differ by more than
/// their intervals allow, and whether any two verdicts contradict.
///
/// Between runs nothing is paired. The ratios that are compared were each paired within one run, so
/// the drift of the machine has left them; two of them are independent estimates ([Unpaired]). Of
/// runs that measured the same truth, 1 in 20 pairs is expected to differ by the test of their
/// difference at 5%, and fewer than 1 in 100 to have 95% intervals without a common point. Pairs
/// that share a run share its error, so both shares scatter more than those of as many independent
/// pairs.
///
/// @param runs in the order given; a run is called by its index here
/// @param comparisons each question that at least two runs answered
/// @param leftOut in words: which runs have no part in which cells, and why
public record Replication(
    List<RunClaims> runs, List<Comparison> comparisons, List<String> leftOut) {

  public Replication {
    runs = List.copyOf(runs);
    comparisons = List.copyOf(comparisons);
    leftOut = List.copyOf(leftOut);
  }

  /// All answers to one question.
  ///
  /// @param claims by the index of their run
  /// @param pairs every two of them
  public record Comparison(Question question, Map<Integer, Claim> claims, List<Pair> pairs) {
    public Comparison {
      claims = Collections.unmodifiableMap(new TreeMap<>(claims));
      pairs = List.copyOf(pairs);
    }
  }

  /// Two runs' answers to one question, which are independent of each other.
  ///
  /// @param first the index of a run
  /// @param second that of another one
  /// @param comparable whether both are measured well enough to be held against each other; the
  ///   others are not counted
  /// @param disjoint whether their plain 95% intervals have no point in common
  /// @param differ whether the test of their difference says so at 5%
  /// @param contradict whether their verdicts cannot both be right: *faster* and *slower*, or
  ///   *same* and a difference beyond the margin of what is the same (a ratio of 1.01 may well be
  ///   found to be *faster* in one run and within the margin in another)
  public record Pair(
      int first,
      int second,
      boolean comparable,
      boolean disjoint,
      boolean differ,
      boolean contradict) {

    static Pair of(int first, Claim one, int second, Claim other) {
      boolean comparable = one.comparable() && other.comparable();
      Estimate a = one.ratio();
      Estimate b = other.ratio();
      return new Pair(
          first,
          second,
          comparable,
          comparable && (a.high() < b.low() || b.high() < a.low()),
          comparable && Unpaired.plain(one.log(), other.log()).differ(),
          contradict(one, other) || contradict(other, one));
    }

    private static boolean contradict(Claim one, Claim other) {
      Estimate ratio = other.ratio();
      return switch (one.verdict()) {
        case SAME ->
            switch (other.verdict()) {
              case FASTER, SLOWER ->
                  Math.min(Math.abs(Math.log(ratio.low())), Math.abs(Math.log(ratio.high())))
                      > Math.log1p(Analysis.EQUIVALENCE_MARGIN);
              case SAME, INCONCLUSIVE, UNMEASURED -> false;
            };
        case FASTER -> other.verdict() == Verdict.SLOWER;
        case SLOWER -> other.verdict() == Verdict.FASTER;
        case INCONCLUSIVE, UNMEASURED -> false;
      };
    }
  }

  /// How many pairs of answers there are, and of what kind.
  ///
  /// @param comparable those that the others are among
  /// @param tooWide those that are not measured well enough
  public record Count(int comparable, int tooWide, int disjoint, int differ) {}

  /// Compares `runs`, which [Differences#refusal] must have nothing against.
  public static Replication of(List<RunClaims> runs) {
    Amounts amounts = Amounts.of(runs.stream().map(RunClaims::run).toList());
    Set<Question> questions = new LinkedHashSet<>();
    runs.forEach(run -> questions.addAll(run.claims().keySet()));
    List<Comparison> comparisons = new ArrayList<>();
    for (Question question : questions) {
      Map<Integer, Claim> claims = new TreeMap<>();
      for (int run = 0; run < runs.size(); run++) {
        Claim claim = runs.get(run).claims().get(question);
        if (claim != null && amounts.takesPart(run, question)) {
          claims.put(run, claim);
        }
      }
      if (claims.size() > 1) {
        comparisons.add(new Comparison(question, claims, pairs(claims)));
      }
    }
    return new Replication(runs, comparisons, amounts.leftOut());
  }

  private static List<Pair> pairs(Map<Integer, Claim> claims) {
    List<Pair> pairs = new ArrayList<>();
    claims.forEach((first, one) ->
        claims.forEach((second, other) -> {
          if (first < second) {
            pairs.add(Pair.of(first, one, second, other));
          }
        }));
    return pairs;
  }

  /// Over all comparisons.
  public Count count() {
    return count(_ -> true);
  }

  /// Over those of one metric.
  public Count count(Metric metric) {
    return count(comparison -> comparison.question().metric() == metric);
  }

  private Count count(Predicate<Comparison> wanted) {
    List<Pair> pairs =
        comparisons.stream().filter(wanted).flatMap(each -> each.pairs().stream()).toList();
    int comparable = (int) pairs.stream().filter(Pair::comparable).count();
    return new Count(
        comparable,
        pairs.size() - comparable,
        (int) pairs.stream().filter(Pair::disjoint).count(),
        (int) pairs.stream().filter(Pair::differ).count());
  }
}

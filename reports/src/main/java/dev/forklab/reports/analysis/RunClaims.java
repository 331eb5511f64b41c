package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one run says of each of its comparisons, to be set beside what other runs say of the same.
///
/// @param name what the run is called, such as its directory
/// @param taskTimes what its tasks took
/// @param claims its answers, in the order of its plan
public record RunClaims(String name, Run run, TaskTimes taskTimes, Map<Question, Claim> claims) {

  public RunClaims {
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /// One comparison that a run makes: the same question in any run that has its cell and models.
  public record Question(Metric metric, Cell cell, Model model, Model against) {}

  /// A run's answer to a question. Within the run the two models are paired, round by round.
  ///
  /// @param log the log of the ratio with its plain error, for no number of comparisons widened
  /// @param verdict the one that the run's report shows
  public record Claim(StudentEstimate log, Verdict verdict) {

    /// The ratio with its plain 95% interval.
    public Estimate ratio() {
      return Estimates.of(log);
    }

    /// Whether it is measured well enough to be held against another run's.
    public boolean comparable() {
      return log.hasError() && verdict != Verdict.UNMEASURED && !ratio().tooWide();
    }
  }

  /// What `run` says after `trials`.
  public static RunClaims of(String name, Run run, List<Trial> trials) {
    RunRecords records = RunRecords.of(run, trials);
    Map<Question, Verdict> verdicts = new HashMap<>();
    Findings.of(records.metrics(), records.models(), run.plan().base(), records.stillWarmingUp())
        .forEach(found ->
            verdicts.put(
                new Question(found.metric(), found.cell(), found.model(), found.against()),
                found.verdict()));
    Map<Question, Claim> claims = new LinkedHashMap<>();
    for (Measurements metric : records.metrics()) {
      for (Findings.Pairing pairing : Findings.pairings(records.models())) {
        metric
            .ratio(pairing.model(), pairing.against())
            .forEach((cell, log) -> {
              Question question =
                  new Question(metric.metric(), cell, pairing.model(), pairing.against());
              Verdict verdict = verdicts.getOrDefault(question, Verdict.UNMEASURED);
              claims.put(question, new Claim(log, verdict));
            });
      }
    }
    return new RunClaims(name, run, records.taskTimes(), claims);
  }

  /// The same run's claims on one metric.
  public RunClaims only(Metric metric) {
    Map<Question, Claim> some = new LinkedHashMap<>(claims);
    some.keySet().removeIf(question -> question.metric() != metric);
    return new RunClaims(name, run, taskTimes, some);
  }
}

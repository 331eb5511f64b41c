package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.results.Model;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// Something that the work needs, yes or no.
///
/// These are answered by the traits of a model. A need that only a measurement answers (what a leak
/// or a full heap costs) reads it from the analysis in [#met].
public enum Need implements Requirement {
  /// A crash of a task stays in one worker.
  ISOLATION("isolation", "a crash must stay in one worker", Model::isolates),
  /// A task can be ended for certain, whatever it does.
  KILL("kill", "a task must be ended for certain", Model::endsTasks),
  /// Tasks share objects with each other and with their caller.
  SHARED_STATE("shared-state", "tasks must share objects", Model::sharesState);

  private final String id;
  private final String condition;

  @SuppressWarnings("ImmutableEnumChecker") // References to methods without state.
  private final Predicate<Model> trait;

  Need(String id, String condition, Predicate<Model> trait) {
    this.id = id;
    this.condition = condition;
    this.trait = trait;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String words() {
    return id;
  }

  /// The need as a clause after "if".
  public String condition() {
    return condition;
  }

  /// Whether a model has it.
  ///
  /// @param analysis of the run that is asked, for needs that a measurement answers
  Met met(Model model, Analysis analysis) {
    return trait.test(model) ? Met.YES : Met.NO;
  }

  /// The need of this name, if there is one.
  public static Optional<Need> of(String id) {
    return Arrays.stream(values()).filter(need -> need.id.equals(id)).findFirst();
  }
}

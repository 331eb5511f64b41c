package dev.forklab.reports.decision;

import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.results.Fault.Harm;
import dev.forklab.results.Model;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// Something that the work needs, yes or no.
///
/// Answered by the traits of a model; where a run of faults is at hand, by what it measured of the
/// faults that are about the need.
public enum Need implements Requirement {
  /// A crash of a task stays in one worker.
  ISOLATION("isolation", "a crash must stay in one worker", Harm.CRASH, Model::isolates),
  /// A task can be ended for certain, whatever it does.
  KILL("kill", "a task must be ended for certain", Harm.STUCK, Model::endsTasks),
  /// What tasks take and do not give back ends with a worker, and does not end the service.
  LEAK_PROOF("leak-proof", "a leak must not end the service", Harm.LEAK, Model::endsLeaks),
  /// Tasks share objects with each other and with their caller.
  SHARED_STATE("shared-state", "tasks must share objects", Harm.NOTHING, Model::sharesState);

  private final String id;
  private final String condition;
  private final Harm harm;

  @SuppressWarnings("ImmutableEnumChecker") // References to methods without state.
  private final Predicate<Model> trait;

  Need(String id, String condition, Harm harm, Predicate<Model> trait) {
    this.id = id;
    this.condition = condition;
    this.harm = harm;
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

  /// The harm from which it protects; [Harm#NOTHING] where no fault is about it.
  Harm harm() {
    return harm;
  }

  /// Whether faults can be tried that are about it.
  boolean isAboutFaults() {
    return harm != Harm.NOTHING;
  }

  /// Whether a model has it, by its traits.
  Met met(Model model) {
    return trait.test(model) ? Met.YES : Met.NO;
  }

  /// The need of this name, if there is one.
  public static Optional<Need> of(String id) {
    return Arrays.stream(values()).filter(need -> need.id.equals(id)).findFirst();
  }
}

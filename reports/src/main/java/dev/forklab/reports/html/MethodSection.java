package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.units.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How it was measured, in plain words, with this run's own numbers.
final class MethodSection {

  private final Analysis analysis;
  private final Plan plan;

  MethodSection(Analysis analysis) {
    this.analysis = analysis;
    this.plan = analysis.run().plan();
  }

  Section section() {
    List<Html> terms = new ArrayList<>();
    add(terms, "The question", question());
    add(terms, "Task time", taskTime());
    add(terms, "Interleaved slices", slices());
    add(terms, "Rounds and pairs", rounds());
    add(terms, "Null control", nullControl());
    add(terms, "Isolation", isolation());
    add(terms, "Equal budgets", budgets());
    add(terms, "Collections of garbage", collections());
    add(terms, "Intervals and verdicts", verdicts());
    add(terms, "Latency", latency());
    if (plan.models().stream().anyMatch(model -> model.role() == Model.Role.PEER)) {
      add(terms, "Other runtimes", peers());
    }
    add(terms, "What is not measured", limits());
    return new Section("method", "Method", List.of(element("dl", terms)));
  }

  private static void add(List<Html> terms, String term, String text) {
    terms.add(element("dt", term));
    terms.add(element("dd", text));
  }

  private String question() {
    return "Every model gets the same messages and must give the same replies: "
        + plan.models().stream()
            .map(model -> model.id() + " is " + model.label())
            .collect(Collectors.joining("; "))
        + ". The workload is "
        + plan.workload()
        + origin()
        + ". A reply that is wrong has no time.";
  }

  private static String taskTime() {
    return "Tasks are named by the time that they reached, not by the one asked for: what a task took"
        + " inline in the cell's own slices, the median over its trials; in a cell without such"
        + " slices, what one took in cells with the same messages and task time, else what"
        + " calibration reached. Within "
        + Quantity.percent(TaskTimes.TOLERANCE)
        + " of the time asked for they are named by that; else both are said.";
  }

  private String origin() {
    return plan.workloadJars().isEmpty()
        ? ""
        : plan.workloadJars().stream()
            .map(jar -> fileName(jar.path()) + ", SHA-256 " + jar.sha256())
            .collect(Collectors.joining("; ", " (from ", ")"));
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private String slices() {
    return "The speed of a machine drifts within seconds, so the models take turns: in one JVM the"
        + " pools of all models of a cell are alive, and short slices ("
        + Quantity.chosenTime(plan.budget().sliceNanos())
        + " for a 1 ms task) of one model after the other are measured while the others are parked."
        + " A trial warms up until each model is steady: its compilers use at most 10% of its CPU time,"
        + " each process has done as many tasks as its compiler needs calls of a method,"
        + " and its speed no longer rises; what is not steady after "
        + Quantity.chosenTime(plan.budget().warmupNanos())
        + " is left out and named. Then a trial is measured for "
        + Quantity.chosenTime(plan.budget().measureNanos())
        + ", summed over models. A fixed piece of integer work is timed before and after each slice,"
        + " and slices are compared only where the machine ran at a like speed. A slice ends with as many replies as there are workers, and the last"
        + " replies are checked when its clock has stopped.";
  }

  private String rounds() {
    int trials = plan.trials().size();
    return "A round holds every model twice, in an order that is its own mirror image (ABCCBA), so"
        + " that steady drift cancels. Models are compared within rounds, never across. This run"
        + " planned "
        + Quantity.count(plan.cells().size())
        + (plan.cells().size() == 1 ? " cell in " : " cells in ")
        + Quantity.count(plan.blocks())
        + (plan.blocks() == 1 ? " block, " : " blocks, each in a shuffled order, ")
        + Quantity.count(trials)
        + " trials in all; "
        + Quantity.count(analysis.trialsDone())
        + " are done. Each trial is a fresh JVM."
        + goal();
  }

  private String goal() {
    Goal goal = plan.goal();
    return goal == null
        ? ""
        : " It was to end as soon as throughput of every candidate against every other, in every"
            + " cell that is not oversubscribed, was known to ±"
            + BigDecimal.valueOf(goal.precision())
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString()
            + "%: plain 95% intervals, looked at after each whole block from the fourth on. Only"
            + " widths decide when to end, never a ratio or a verdict, so looking makes no verdict"
            + " false.";
  }

  private String nullControl() {
    String found =
        analysis
            .noiseFloor()
            .filter(floor -> !floor.tooWide())
            .map(
                floor -> " In this run the two differ by a factor of " + Numbers.ratio(floor) + ".")
            .orElse(" This run has no such number yet.");
    return "The baseline stands in every trial twice, under two names ("
        + Model.INLINE.id()
        + " and "
        + Model.CONTROL.id()
        + "). What the lab finds between them is noise by construction. No verdict rests on an"
        + " interval narrower than the one found between them in its own cell, nor than that of the"
        + " median cell. It is the noise of one busy thread; that of pools may be larger, and their"
        + " intervals with it."
        + found;
  }

  private String isolation() {
    return "Memory and start-up cannot be shared out among models that are alive together: they are"
        + " measured in trials of their own, one model at a time, each pool started "
        + (plan.budget().startUps() == 1
            ? "once"
            : Quantity.count(plan.budget().startUps()) + " times")
        + ". Memory is that of the whole process tree: PSS counts shared pages in proportion, USS"
        + " only what nothing else uses, RSS counts them once per process. Under load it is read ten"
        + " times a second; the second half counts. In heaps are the resident pages of the JVMs'"
        + " heaps, outside of them everything else.";
  }

  private String budgets() {
    return "Every model gets the same CPUs (the whole process tree is bound to as many as there are"
        + " workers, up to the machine’s "
        + Quantity.count(analysis.run().host().cpus())
        + "), the same collector ("
        + plan.collector()
        + ") and the same heap in total ("
        + Quantity.memory(plan.heapBytes())
        + ", shared out among parent and children where a model is measured alone). Where models take"
        + " turns, the parent holds the pools of all of them and so has the whole budget, beside the"
        + " children's shares. Children of fork start from an archive of classes and profiles (an AOT"
        + " cache) that a rehearsal of the same workload made once, before the run, as a service would"
        + " that prepares its pool; the parent JVM has none. The tables show what each JVM had.";
  }

  private static String collections() {
    return "No collection is forced: garbage is part of what a model costs, and each pays for it when"
        + " it falls due. Pools within one JVM share a heap, so a slice may collect what the one"
        + " before it left; the shuffled, mirrored order makes that fall on all alike, and the share"
        + " of time in collections is in the tables.";
  }

  private static String verdicts() {
    return "A ratio is the interquartile mean of the logarithms of all ratios of slices within rounds;"
        + " its interval respects that slices of one round and rounds of one trial are alike. It"
        + " compares usual slices; a warning says so where totals tell another ratio. Intervals of single numbers are 95%;"
        + " those of comparisons are widened so that at most 5% of all verdicts of their family are"
        + " expected to be wrong. Throughput of the candidates at the cell of the headline, chosen"
        + " before anything was measured, is a family of its own; so is each metric. Nothing is"
        + " dropped as an outlier. CPU time is that of all threads of the tree: compilers and"
        + " collectors are in it.";
  }

  private static String latency() {
    return "Latency is measured in a closed loop, in trials of its own: as many clients as workers,"
        + " each sending its next message when it has the last reply. It says how long one task"
        + " takes, not how long a queue would be. And in an open loop: tasks arrive on a random"
        + " schedule (Poisson) at 50 to 95% of the capacity of the slowest model, the same for every"
        + " model, and each is timed from the moment it was due, whether or not the pool could take it."
        + " Capacity is measured just before, for a second twice for each model, in mirrored order.";
  }

  private static String peers() {
    return "A peer is a program of its own runtime that submits tasks to its own pool, as many in"
        + " flight as for the other models, while the JVM sleeps; its slices take turns with those of"
        + " the others. It counts its tasks and times its slices itself, by the same clock of the"
        + " kernel. Its iterations are calibrated on its own runtime, to the same CPU time of a task,"
        + " and its last replies are compared with those of the lab’s own code. Bytes travel as that"
        + " runtime sends them: base64 in JSON between Node’s processes (structured clone in"
        + " node-binary), structured clone between Node’s threads, pickle between Python’s"
        + " processes. Its memory and start-up are those of its own processes, with its runtime up"
        + " before it starts its workers; its heaps are not seen from outside, and latency under"
        + " scheduled arrivals is not measured.";
  }

  private static String limits() {
    return "More workers than CPUs is oversubscription: it is measured and labelled, and not drawn"
        + " as scaling. Nothing is extrapolated beyond this machine.";
  }
}

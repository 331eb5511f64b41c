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

  private static final List<String> REFERENCES =
      List.of(
          "Launches and iterations as two levels of noise: T. Kalibera and R. Jones, Rigorous"
              + " Benchmarking in Reasonable Time, ISMM 2013.",
          "Intervals of many comparisons at once: Y. Benjamini and D. Yekutieli, False Discovery"
              + " Rate-Adjusted Multiple Confidence Intervals, JASA 100, 2005.",
          "Ending by the width of an interval: Y. S. Chow and H. Robbins, On the Asymptotic Theory of"
              + " Fixed-Width Sequential Confidence Intervals, Annals of Mathematical Statistics 36,"
              + " 1965.",
          "Open loops and coordinated omission: G. Tene, How NOT to Measure Latency, 2013.",
          "Growth over workers: N. J. Gunther, Guerrilla Capacity Planning, 2007.",
          "Colors for all kinds of color vision: M. Okabe and K. Ito, Color Universal Design, 2008.");

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
    add(terms, "A/A control", control());
    add(terms, "Isolation", isolation());
    add(terms, "Equal budgets", budgets());
    add(terms, "Garbage collection", collections());
    add(terms, "Intervals and verdicts", verdicts());
    add(terms, "Latency", latency());
    if (plan.models().stream().anyMatch(model -> model.role() == Model.Role.PEER)) {
      add(terms, "Other runtimes", peers());
    }
    add(terms, "What is not measured", limits());
    return new Section(
        "method",
        "Method",
        List.of(element("dl", terms), element("h3", "References"), Page.list(REFERENCES)));
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
        + ". A wrong reply has no time.";
  }

  private static String taskTime() {
    return "Tasks are named by the time that they reached, not by the one asked for: what a task took"
        + " inline in the cell's own slices, as the median over its trials; in a cell without such"
        + " slices, what it took in cells with the same messages and task time, or else what"
        + " calibration reached. A time within "
        + Quantity.percent(TaskTimes.TOLERANCE)
        + " of the one asked for is called by that one; otherwise both are given.";
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
    return "A machine's speed drifts within seconds, so the models take turns: one JVM holds the pools"
        + " of all models of a cell, and short slices ("
        + Quantity.chosenTime(plan.budget().sliceNanos())
        + " for a 1 ms task) of one model after the other are measured while the others are parked."
        + " A trial warms up until each model is steady: its compilers use at most 10% of its CPU"
        + " time, each process has done as many tasks as its best compiler needs calls of a method,"
        + " and its speed no longer rises. A model that is not steady after "
        + Quantity.chosenTime(plan.budget().warmupNanos())
        + " is left out and named. Then the trial is measured for "
        + Quantity.chosenTime(plan.budget().measureNanos())
        + ", summed over models. A fixed piece of integer work is timed before and after each slice,"
        + " and slices are compared only where the machine ran at a similar speed. A slice ends after"
        + " a multiple of as many replies as there are workers, and the last replies are checked"
        + " after its clock has stopped.";
  }

  private String rounds() {
    int trials = plan.trials().size();
    return "A round contains every model twice, in an order that is its own mirror image (ABCCBA), so"
        + " that steady drift cancels out. Models are compared within rounds, never across them. This"
        + " run planned "
        + Quantity.count(plan.cells().size())
        + (plan.cells().size() == 1 ? " cell in " : " cells in ")
        + Quantity.count(plan.blocks())
        + (plan.blocks() == 1 ? " block, " : " blocks, each in a shuffled order, ")
        + Quantity.count(trials)
        + " trials in all; "
        + Quantity.count(analysis.trialsDone())
        + " are done. Each trial is a fresh JVM."
        + reserve()
        + goal();
  }

  private String reserve() {
    return plan.reserve() == null
        ? ""
        : " The time that the planned trials leave goes to further launches for throughput: of the"
            + " base configuration until its intervals are at most "
            + "±1.5%, then of the cells with the fewest launches. Only widths and durations decide"
            + " which, never a ratio or a verdict, so the choice biases no verdict.";
  }

  private String goal() {
    Goal goal = plan.goal();
    return goal == null
        ? ""
        : " It was asked to end as soon as the throughput ratio of every two candidates, in every"
            + " cell that is not oversubscribed, was known to ±"
            + BigDecimal.valueOf(goal.precision())
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString()
            + "%: plain 95% intervals, examined after each whole block from the fourth on. Only their"
            + " widths decide when to end, never a ratio or a verdict, so stopping early biases no"
            + " verdict.";
  }

  private String control() {
    String found =
        analysis
            .noiseFloor()
            .filter(floor -> !floor.tooWide())
            .map(
                floor -> " In this run the two differ by a factor of " + Numbers.ratio(floor) + ".")
            .orElse(" This run has no such number yet.");
    return "Every trial contains the baseline twice, under two names ("
        + Model.INLINE.id()
        + " and "
        + Model.CONTROL.id()
        + "). Any difference between them is noise by construction. No verdict rests on an interval"
        + " narrower than theirs in the same cell, or in the median cell. This is the noise of one"
        + " busy thread; that of pools may be larger, and their intervals are then wider."
        + found;
  }

  private String isolation() {
    return "Memory and start-up cannot be divided among models that are alive together, so they are"
        + " measured in separate trials, one model at a time, each pool started "
        + (plan.budget().startUps() == 1
            ? "once"
            : Quantity.count(plan.budget().startUps()) + " times")
        + ". Memory is that of the whole process tree: PSS counts shared pages proportionally, USS"
        + " only what no other process uses, RSS counts them once per process. Under load it is read"
        + " ten times a second, and the second half counts. The heap's share is the resident pages of"
        + " the JVMs' heaps; the rest is everything else.";
  }

  private String budgets() {
    return "Every model gets the same CPUs (the whole process tree is bound to as many as there are"
        + " workers, up to the machine’s "
        + Quantity.count(analysis.run().host().cpus())
        + "), the same collector ("
        + plan.collector()
        + ") and the same heap in total ("
        + Quantity.memory(plan.heapBytes())
        + ", divided among parent and children where a model is measured alone). Where models take"
        + " turns, the parent holds the pools of all of them and therefore has the whole budget, in"
        + " addition to the children's shares. Children of fork and the trial's own JVM start from"
        + " archives of classes and profiles (AOT caches) that a rehearsal of the same workload made"
        + " once, before the run. The tables show what each JVM had.";
  }

  private static String collections() {
    return "No collection is forced: garbage is part of what a model costs, and each model pays for it"
        + " when it falls due. Pools within one JVM share a heap, so a slice may collect what the one"
        + " before it left; the shuffled, mirrored order spreads that evenly, and the share of time"
        + " spent in collections is in the tables.";
  }

  private static String verdicts() {
    return "A ratio is the interquartile mean of the logarithms of all ratios of slices within rounds;"
        + " its interval takes into account that slices of one round, and rounds of one trial, resemble"
        + " each other. It compares usual slices; a warning says where totals give a different ratio."
        + " Intervals of single numbers are 95%; those of comparisons are widened so that at most 5% of"
        + " all verdicts of their family are expected to be wrong. Throughput of the candidates at the"
        + " base configuration, which is chosen before anything is measured, is a family of its own; so"
        + " is each metric. No outlier is dropped. CPU time is that of all threads of the process tree,"
        + " including compilers and collectors.";
  }

  private static String latency() {
    return "Closed loop, in separate trials: as many clients as workers, each sending its next message"
        + " when it has the last reply. This says how long one task takes, not how long a queue would"
        + " be. Open loop: tasks arrive on a random schedule (Poisson) at 50 to 95% of the capacity of"
        + " the slowest model, the same for every model, and each is timed from the moment it was due,"
        + " whether or not the pool could take it. Capacity is measured just before, for a second twice"
        + " for each model, in mirrored order.";
  }

  private static String peers() {
    return "A peer is a program of its own runtime that submits tasks to its own pool, as many in"
        + " flight as for the other models, while the JVM sleeps; its slices take turns with those of"
        + " the others. It counts its tasks and times its slices itself, with the same kernel clock."
        + " Its iterations are calibrated on its own runtime to the same CPU time of a task, and its"
        + " last replies are compared with those of the lab’s own code. Bytes travel as that runtime"
        + " sends them: base64 in JSON between Node’s processes (structured clone in node-binary),"
        + " structured clone between Node’s threads, pickle between Python’s processes. Memory and"
        + " start-up are those of its own processes, with its runtime already up before it starts its"
        + " workers. Its heaps cannot be seen from outside, and latency under scheduled arrivals is not"
        + " measured.";
  }

  private static String limits() {
    return "More workers than CPUs is oversubscription: it is measured and labeled, but not drawn as"
        + " scaling. Nothing is extrapolated beyond this machine.";
  }
}

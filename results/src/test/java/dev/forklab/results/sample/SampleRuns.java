package dev.forklab.results.sample;

import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A run on a machine with two CPUs: workers 1, 2, 4, 8 with 4 KiB messages, and four sizes with
/// two workers.
public final class SampleRuns {

  public static final List<Model> MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.FORK, Model.THREADS, Model.VIRTUAL);
  public static final List<Model> WITH_REFERENCES =
      List.of(
          Model.INLINE,
          Model.CONTROL,
          Model.FORK,
          Model.THREADS,
          Model.VIRTUAL,
          Model.JDK_FIXED,
          Model.JDK_VIRTUAL,
          Model.JDK_FORKJOIN);

  public static final int CPUS = 2;
  public static final long TASK_NANOS = 1_000_000;
  private static final long STARTED = 1_793_527_200_000L;

  private SampleRuns() {}

  public static Cell cell(int workers, int messageBytes) {
    return new Cell(workers, Math.min(workers, CPUS), messageBytes, TASK_NANOS);
  }

  public static List<Cell> cells() {
    return List.of(
        cell(1, 4096),
        cell(2, 4096),
        cell(4, 4096),
        cell(8, 4096),
        cell(2, 64),
        cell(2, 65536),
        cell(2, 1 << 20));
  }

  public static Run run(List<Model> models) {
    return run(models, host());
  }

  public static Run run(List<Model> models, Host host) {
    return new Run(
        RunDirectory.SCHEMA,
        "0.1.0",
        STARTED,
        "lab bench --cores 8 --sizes 64,4096,65536,1048576",
        plan(models),
        host,
        calibrations(1_012_400));
  }

  /// As [#run(List)], with tasks that took less than they were asked to.
  public static Run shortTasks(long achievedNanos) {
    Run run = run(MODELS);
    return new Run(
        run.schema(),
        run.labVersion(),
        run.startedEpochMillis(),
        run.command(),
        run.plan(),
        run.host(),
        calibrations(achievedNanos));
  }

  private static List<Calibration> calibrations(long achievedNanos) {
    return Stream.of(4096, 64, 65536, 1 << 20)
        .map(size -> new Calibration("seal", size, TASK_NANOS, 2710, achievedNanos, 0.011))
        .toList();
  }

  public static Run hostile() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("<script>alert('name')</script>", "\" onmouseover=\"alert('value')");
    facts.put("comment", "--><!--");
    Host host =
        new Host(
            "<style>*{display:none}</style>",
            "Evil & Sons' \"CPU\" <iframe src=http://evil.example>",
            CPUS,
            8L << 30,
            "]]>",
            facts,
            List.of());
    Run run = run(MODELS, host);
    return new Run(
        run.schema(),
        "</script>",
        run.startedEpochMillis(),
        "lab bench --out '```</code></pre><script>'",
        run.plan(),
        run.host(),
        run.calibrations());
  }

  public static Host host() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("physical cores", "1");
    facts.put("caches", "32 KiB L1d, 1 MiB L2, 33 MiB L3");
    facts.put("hypervisor", "KVM");
    facts.put("cgroup", "v2, no quota");
    return new Host(
        "Linux 6.1.0 (amd64)",
        "Intel(R) Xeon(R) CPU @ 2.80GHz",
        CPUS,
        8L << 30,
        "OpenJDK 25.0.1+8 (Temurin)",
        facts,
        List.of(new Warning(Warning.Kind.VIRTUAL_MACHINE, "KVM")));
  }

  private static Plan plan(List<Model> models) {
    List<PlannedTrial> trials = new ArrayList<>();
    for (int block = 0; block < 3; block++) {
      for (Cell cell : cells()) {
        trials.add(
            new PlannedTrial(
                trials.size(), block, TrialKind.THROUGHPUT, cell, models, 7L * trials.size()));
        trials.add(
            new PlannedTrial(
                trials.size(), block, TrialKind.LATENCY, cell, models, 7L * trials.size()));
      }
    }
    return new Plan(
        42,
        "seal",
        3,
        cells(),
        models,
        new Budget(20_000_000, 1_000_000_000, 6_000_000_000L, 5),
        512L << 20,
        "serial",
        trials);
  }
}

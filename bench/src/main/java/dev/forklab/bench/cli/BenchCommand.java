package dev.forklab.bench.cli;

import dev.forklab.bench.calibration.KeptCalibrations;
import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.plan.Machine;
import dev.forklab.bench.plan.PlanRequest;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.LabLock;
import dev.forklab.bench.run.PeerChoice;
import dev.forklab.bench.run.RunPreparation;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.results.Calibration;
import dev.forklab.results.Host;
import dev.forklab.results.Plan;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lab bench`: plans, measures, reports.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Measure the models against each other and write a report.",
      "",
      "Each finished trial is saved at once. Ctrl-C loses at most the current trial; --resume"
          + " continues (with the same --workload-jar, if any)."
    })
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanOptions options = new PlanOptions();

  @Mixin private RunPlace place = new RunPlace();

  @Option(
      names = "--recalibrate",
      description =
          "Calibrate task times anew, instead of reusing what an earlier run found on this machine.")
  private boolean recalibrate;

  @Override
  public Integer call() throws IOException {
    Optional<Path> resumed = place.resumed();
    return resumed.isPresent() ? goOn(resumed.get()) : begin();
  }

  private int begin() throws IOException {
    try (WorkloadJars jars = options.openJars()) {
      return begin(jars);
    }
  }

  private int begin(WorkloadJars jars) throws IOException {
    Host host = HostInspector.ofThisMachine().inspect();
    Machine machine = ThisMachine.of(host);
    PlanRequest asked = options.request(machine.cpus(), jars);
    PeerChoice peers = options.peers(asked, err()::println);
    PlanRequest request = asked.without(peers.absent());
    Plan plan = Planner.plan(request, machine);
    RunFolders folders = place.create("");
    RunDirectory directory = folders.directory();
    try (LabLock _ = LabLocks.takeOrAbandon(folders)) {
      RunPreparation preparation = preparation(plan, host, recalibrate);
      PeerChoice.Work work = calibrate(peers, preparation, plan, folders);
      Plan fitting =
          work.unfit().isEmpty() ? plan : Planner.plan(request.without(work.unfit()), machine);
      err().print(PlanText.overview(fitting, request.time()));
      err().println("  into     " + directory.path());
      err().flush();
      return measure(prepare(fitting, host, work.calibrations(), folders), directory);
    }
  }

  private RunPreparation preparation(Plan plan, Host host, boolean anew) {
    return new RunPreparation(plan, host, KeptCalibrations.ofUser(), anew, err()::println);
  }

  private PeerChoice.Work calibrate(
      PeerChoice peers, RunPreparation preparation, Plan plan, RunFolders folders) {
    if (!peers.peers().isEmpty()) {
      err().println("calibrating task times of peers …");
      err().flush();
    }
    try (Interruption _ = Interruption.watch(() -> abandon(folders))) {
      return peers.calibrate(preparation, plan, err()::println);
    } catch (RuntimeException e) {
      folders.abandon();
      throw e;
    }
  }

  /// Calibrates and writes `run.json`; if that does not come about, no directory is left behind.
  private Run prepare(Plan plan, Host host, List<Calibration> peers, RunFolders folders) {
    try (Interruption _ = Interruption.watch(() -> abandon(folders))) {
      err().println("calibrating task times …");
      err().flush();
      Run run =
          new Run(
              RunDirectory.SCHEMA,
              LabVersion.text(),
              System.currentTimeMillis(),
              GivenCommand.line(spec),
              plan,
              host,
              Stream.concat(
                      preparation(plan, host, recalibrate).calibrate().stream(), peers.stream())
                  .toList());
      folders.begin(() -> folders.directory().writeRun(run));
      return run;
    } catch (RuntimeException e) {
      folders.abandon();
      throw e;
    }
  }

  private void abandon(RunFolders folders) {
    folders.abandon();
    err().println("interrupted before anything was measured; nothing is left behind");
    err().flush();
  }

  private int goOn(Path path) throws IOException {
    RunDirectory directory = new RunDirectory(path);
    Run run = directory.readRun();
    SameMachine.check(run.host(), HostInspector.ofThisMachine().inspect());
    PeerChoice.check(run.calibrations(), PeerRuntimes.onThePath());
    try (WorkloadJars _ = options.reopenJars(run.plan().workloadJars());
        LabLock _ = LabLocks.take()) {
      err().println("resuming " + path);
      return measure(run, directory);
    }
  }

  private int measure(Run run, RunDirectory directory) throws IOException {
    if (!new Measurement(err())
        .measure(
            run,
            directory,
            begun -> recalibrated(begun, preparation(run.plan(), run.host(), true)))) {
      return ExitCode.INTERRUPTED;
    }
    int code = ReportOutput.write(directory, directory.path(), spec.commandLine());
    err().println("what a failure costs with each model: lab faults");
    err().flush();
    return code;
  }

  /// The JVM's own found anew, the peers' as they were.
  private List<Calibration> recalibrated(List<Calibration> begun, RunPreparation preparation) {
    err().println("calibrating task times again …");
    err().flush();
    return Stream.concat(
            preparation.calibrate().stream(), begun.stream().filter(it -> it.peer() != null))
        .toList();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}

package dev.forklab.bench.cli;

import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.plan.Machine;
import dev.forklab.bench.plan.PlanRequest;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.results.Plan;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lab plan`: what would run and how long it would take; runs nothing.
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Print what would run and how long it would take; run nothing.")
final class PlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanOptions options = new PlanOptions();

  @Override
  public Integer call() throws IOException {
    try (WorkloadJars jars = options.openJars()) {
      return print(jars);
    }
  }

  private int print(WorkloadJars jars) {
    Machine machine = ThisMachine.of(HostInspector.ofThisMachine().inspect());
    PlanRequest asked = options.request(machine.cpus(), jars);
    PlanRequest request =
        asked.without(options.peers(asked, spec.commandLine().getErr()::println).absent());
    Plan plan = Planner.plan(request, machine);
    var out = spec.commandLine().getOut();
    out.print(PlanText.overview(plan, request.time()));
    out.print(PlanText.trials(plan));
    out.flush();
    return ExitCode.OK;
  }
}

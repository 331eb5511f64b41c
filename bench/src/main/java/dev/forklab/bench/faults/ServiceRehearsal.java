package dev.forklab.bench.faults;

import dev.forklab.bench.runtime.ScratchDirectory;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Makes the start archives of services and of their workers, as whoever installs a service would:
/// once on a machine, before the first trial. A JVM that starts from one knows which code gets hot,
/// and is warm sooner, also after it was started again.
///
/// Tasks are a twentieth of the run's, so that there are many: a compiler counts calls.
final class ServiceRehearsal {

  private static final int SHARE = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FaultPlan plan;
  private final ServiceTasks tasks;
  private final String classPath;
  private final JanitorProcess janitor;

  private ServiceRehearsal(FaultPlan plan, String classPath, JanitorProcess janitor) {
    this.plan = plan;
    this.tasks = ServiceTasks.of(plan);
    this.classPath = classPath;
    this.janitor = janitor;
  }

  /// Makes those that are not there. Blocks for some seconds each.
  ///
  /// @throws IOException if an archive cannot be written
  /// @throws FaultTrialException if a service does not serve
  static void prepare(FaultPlan plan, String classPath, JanitorProcess janitor)
      throws IOException, InterruptedException {
    FaultPlan light = plan.withIterations(Math.max(1, plan.iterations() / SHARE));
    ServiceRehearsal rehearsal = new ServiceRehearsal(light, classPath, janitor);
    List<Model> models = plan.trials().stream().map(PlannedFault::model).distinct().toList();
    for (Model model : models) {
      rehearsal.prepare(model);
    }
  }

  private void prepare(Model model) throws IOException, InterruptedException {
    try (ScratchDirectory scratch = ScratchDirectory.in(janitor.directory(), "r")) {
      ServiceSpec spec = ServiceSpec.of(plan, scratch.path(), model, Way.PRODUCTION);
      if (model.hasChildJvms()) {
        boolean _ = ForkPool.prepare(spec.forkedWorkers().classPath(classPath), tasks.plain(0));
      }
      ServiceLauncher launcher = new ServiceLauncher(spec, spec.write(), classPath, janitor);
      boolean _ = launcher.prepare(recording -> serve(launcher, recording));
    }
  }

  private void serve(ServiceLauncher launcher, JavaCommand recording)
      throws IOException, InterruptedException {
    ServiceWarmUp load = new ServiceWarmUp(tasks, plan.workers());
    Process process;
    try (ServiceClient client = ServiceClient.at(launcher.spec().socket(), load)) {
      process = launcher.start(recording);
      if (!ServiceClient.await(() -> client.current() != null, PATIENCE)) {
        process.destroyForcibly();
        throw new FaultTrialException("expected the service to start, found that it did not");
      }
      double _ = load.capacityPerSecond(client);
    }
    // Its connection has ended, and so does it, once its JVM has written the archive.
    if (!ServiceClient.await(() -> !process.isAlive(), PATIENCE)) {
      process.destroyForcibly();
      throw new FaultTrialException(
          "expected the service to end with its connection, found it running");
    }
  }
}

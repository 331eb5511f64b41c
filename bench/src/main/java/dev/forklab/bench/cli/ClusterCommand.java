package dev.forklab.bench.cli;

import dev.forklab.bench.cluster.ClusterBench;
import dev.forklab.bench.cluster.ClusterPlan;
import dev.forklab.bench.cluster.ClusterText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lab cluster`: workers that share a port, beside Node's own.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare workers on one port with Node's cluster, in the same run.",
      "",
      "Requests per second, 99th-percentile latency, how evenly workers share connections,"
          + " and what a reload loses, with one trivial handler and one client, as ratios to Node's"
          + " round robin with intervals. Without a node, only this library is measured. About five"
          + " minutes; --quick two."
    })
final class ClusterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private NodeComparisonOptions options = new NodeComparisonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterPlan plan = options.quick ? ClusterPlan.QUICK : ClusterPlan.USUAL;
    return new NodeComparisonRun<>(
            spec,
            (node, directory, progress) -> new ClusterBench(plan, node, directory, progress),
            ClusterText::of)
        .run(options);
  }
}

package dev.forklab.bench.cli;

import dev.forklab.bench.channel.ChannelBench;
import dev.forklab.bench.channel.ChannelPlan;
import dev.forklab.bench.channel.ChannelText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lab channel`: fork() beside Node's own.
@Command(
    name = "channel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare fork() with Node's child_process.fork in the same run.",
      "",
      "Start, round trips, rates, large documents and memory of idle children, as ratios to Node's"
          + " json with intervals. Without a node, only this library is measured. About four"
          + " minutes; --quick two."
    })
final class ChannelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private NodeComparisonOptions options = new NodeComparisonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ChannelPlan plan = options.quick ? ChannelPlan.QUICK : ChannelPlan.USUAL;
    return new NodeComparisonRun<>(
            spec,
            (node, directory, progress) -> new ChannelBench(plan, node, directory, progress),
            ChannelText::of)
        .run(options);
  }
}

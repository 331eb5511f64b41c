package dev.forklab.bench.cli;

import dev.forklab.bench.host.HostInspector;
import dev.forklab.results.Host;
import dev.forklab.results.Warning;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lab doctor`: what machine this is, and what could spoil the numbers.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Describe this machine and what could spoil its numbers.")
final class DoctorCommand implements Callable<Integer> {

  private static final String ROW = "  %-18s %s%n";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Host host = HostInspector.ofThisMachine().inspect();
    PrintWriter out = spec.commandLine().getOut();
    out.println("machine");
    out.printf(ROW, "cpu", host.cpu());
    out.printf(ROW, "logical cpus", host.cpus());
    out.printf(ROW, "memory", "%.1f GiB".formatted(host.memoryBytes() / (double) (1L << 30)));
    out.printf(ROW, "system", host.os());
    out.printf(ROW, "java", host.java());
    host.facts().forEach((name, value) -> out.printf(ROW, name, value));
    out.println(host.warnings().isEmpty() ? "nothing suspicious" : "what could spoil the numbers");
    for (Warning warning : host.warnings()) {
      out.printf("  ! %s: %s%n", warning.kind().title(), warning.detail());
      out.printf("    -> %s%n", warning.kind().advice());
    }
    out.flush();
    return ExitCode.OK;
  }
}

package dev.forklab.bench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// One call of the command within this process: its exit code and what it printed.
record LabCall(int exitCode, String out, String err) {

  static LabCall of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Lab.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(args);
    return new LabCall(exitCode, out.toString(), err.toString());
  }
}

/// The command `lab`: the only place that prints or exits. Data goes to standard output, everything
/// else to standard error; the exit codes are those of [dev.forklab.bench.cli.ExitCode].
@NullMarked
package dev.forklab.bench.cli;

import org.jspecify.annotations.NullMarked;

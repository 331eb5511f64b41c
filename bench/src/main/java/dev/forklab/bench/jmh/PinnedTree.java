package dev.forklab.bench.jmh;

import java.io.File;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/// Starts a trial's JVM behind a command that binds it, and so every process it starts, to some of
/// the CPUs. JMH calls a thing that may prefix the forked command line a profiler.
public final class PinnedTree implements ExternalProfiler {

  private final List<String> prefix;

  /// @param prefix the command and its arguments, separated by spaces
  public PinnedTree(String prefix) {
    this.prefix = List.of(prefix.split(" "));
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    return prefix;
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public void beforeTrial(BenchmarkParams params) {}

  @Override
  @SuppressWarnings("rawtypes") // JMH's signature.
  public Collection<? extends Result> afterTrial(
      BenchmarkResult result, long pid, File stdOut, File stdErr) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }

  @Override
  public String getDescription() {
    return "binds the trial's process tree to CPUs";
  }
}

package dev.forklab.bench.jmh;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/// JMH's output, reduced to progress (how many slices are done) and, for a trial that fails, the
/// last lines that were printed.
final class SliceOutput implements OutputFormat {

  private static final int LINES_KEPT = 40;

  private final IntConsumer slicesDone;
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder open = new StringBuilder();
  private int done;

  /// @param slicesDone called with the number of slices done after each
  SliceOutput(IntConsumer slicesDone) {
    this.slicesDone = slicesDone;
  }

  /// The last lines printed, oldest first.
  synchronized List<String> tail() {
    return List.copyOf(lines);
  }

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult data) {
    done++;
    slicesDone.accept(done);
  }

  @Override
  public synchronized void print(String text) {
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      open.append(text, start, end);
      endLine();
      start = end + 1;
    }
    open.append(text, start, text.length());
  }

  @Override
  public void println(String text) {
    print(text + "\n");
  }

  @Override
  public void write(int oneByte) {
    print(String.valueOf((char) oneByte));
  }

  @Override
  public void write(byte[] bytes) {
    print(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  private void endLine() {
    if (!open.toString().isBlank()) {
      lines.addLast(open.toString());
    }
    open.setLength(0);
    while (lines.size() > LINES_KEPT) {
      lines.removeFirst();
    }
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void startBenchmark(BenchmarkParams params) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> result) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public void verbosePrintln(String text) {}
}

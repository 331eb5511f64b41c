package dev.forklab.bench.runtime;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A process and all that it started: bytes to it, lines from it, and an end of all of them.
///
/// For one thread, but for [#kill]; and besides the one of its own (`lines-NAME`) that reads the
/// process's output, so that a silent process can be waited for with a deadline. It ends when its
/// standard input does: so too when the lab is killed.
public final class LineProcess implements AutoCloseable {

  private static final Duration END_PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_NANOS = 2_000_000;

  /// More lines than a process ever has to say unasked.
  private static final int MOST_LINES = 64;

  private final String name;
  private final Process process;
  private final OutputStream input;
  private final Thread reader;

  /// Lines as they came, an empty one for the end; put by the reader, taken by the owner.
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_LINES);

  /// Every process seen, so that none outlives its parent's death.
  private final Set<ProcessHandle> tree = new LinkedHashSet<>();

  private LineProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.input = new BufferedOutputStream(process.getOutputStream());
    this.reader = Thread.ofPlatform().name("lines-" + name).daemon().start(this::read);
    tree.add(process.toHandle());
  }

  /// Starts it.
  ///
  /// @param name the role name that its thread carries
  /// @throws IOException if that cannot be
  public static LineProcess start(String name, ProcessBuilder builder) throws IOException {
    return new LineProcess(name, builder.start());
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.put(line);
      }
    } catch (IOException e) {
      // A process that is killed closes its end: what the owner sees is the end of the lines.
    } catch (InterruptedException e) {
      return;
    }
    boolean _ = lines.offer("");
  }

  /// Sends bytes; they have left this process when the call returns.
  ///
  /// @throws RuntimeFailedException if it has gone; with its last words, if it left some
  public void send(byte[]... parts) {
    try {
      for (byte[] part : parts) {
        input.write(part);
      }
      input.flush();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /// Sends a line, and waits for the line that comes in answer.
  ///
  /// @param command without its end
  /// @throws RuntimeFailedException if none comes in time, or it has gone
  public String ask(String command, Duration patience) throws InterruptedException {
    send((command + '\n').getBytes(StandardCharsets.UTF_8));
    String line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new RuntimeFailedException(
          "expected %s to answer within %d s, found silence".formatted(name, patience.toSeconds()));
    }
    if (line.isEmpty()) {
      throw gone(null);
    }
    return line;
  }

  private RuntimeFailedException gone(@Nullable IOException cause) {
    List<String> left = lines.stream().filter(line -> !line.isEmpty()).toList();
    String how =
        !left.isEmpty()
            ? "'" + left.getLast() + "'"
            : process.isAlive() ? "closed its pipe" : "ended, exit code " + process.exitValue();
    return new RuntimeFailedException(
        "expected %s to run on, it has gone (%s)".formatted(name, how), cause);
  }

  /// It and its descendants, as they are now.
  public List<Long> look() {
    process.descendants().forEach(tree::add);
    return tree.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
  }

  /// Kills it and its children; for another thread.
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// Asks it to end, by closing its input; kills what is still there after a while, and what it
  /// started.
  @Override
  public void close() {
    look();
    try {
      input.close();
    } catch (IOException e) {
      // The pipe was broken already: the process has gone.
    }
    await(List.of(process.toHandle()));
    tree.forEach(ProcessHandle::destroyForcibly);
    await(tree);
    reader.interrupt();
  }

  /// Waits until all have ended, [#END_PATIENCE] at most. Looks again and again, since the JDK's
  /// own way to wait for a process that is not a child of this one looks only every 300 ms, then
  /// less often.
  private static void await(Collection<ProcessHandle> processes) {
    long deadline = System.nanoTime() + END_PATIENCE.toNanos();
    while (processes.stream().anyMatch(ProcessState::isRunning) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}

package dev.forklab.bench.peer;

import dev.forklab.results.Model;
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

/// A peer's process and all that it started: lines to it, lines from it, and an end of all of them.
///
/// For one thread, besides the one of its own (`peer-NAME`) that reads the process's output, so
/// that a silent peer can be waited for with a deadline.
final class PeerProcess implements AutoCloseable {

  private static final Duration END_PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_NANOS = 2_000_000;
  private static final String FAILED = "failed ";

  /// More lines than a peer ever has to say unasked.
  private static final int MOST_LINES = 64;

  private final String name;
  private final PeerScripts scripts;
  private final Process process;
  private final OutputStream toPeer;
  private final Thread reader;

  /// Lines as they came, an empty one for the end; put by the reader, taken by the owner.
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_LINES);

  /// Every process seen, so that none outlives its parent's death.
  private final Set<ProcessHandle> tree = new LinkedHashSet<>();

  private PeerProcess(String name, PeerScripts scripts, Process process) {
    this.name = name;
    this.scripts = scripts;
    this.process = process;
    this.toPeer = new BufferedOutputStream(process.getOutputStream());
    this.reader = Thread.ofPlatform().name("peer-" + name).daemon().start(this::read);
    tree.add(process.toHandle());
  }

  /// Starts it.
  ///
  /// @throws PeerFailedException if that cannot be
  static PeerProcess start(String executable, Model model) {
    try {
      PeerScripts scripts = PeerScripts.unpack(model);
      try {
        Process process =
            PeerRuntimes.builder(scripts.command(executable, model))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new PeerProcess(model.id(), scripts, process);
      } catch (IOException | RuntimeException e) {
        scripts.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PeerFailedException(
          "cannot start %s at %s: %s".formatted(model.id(), executable, e.getMessage()), e);
    }
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
  void send(byte[]... parts) {
    try {
      for (byte[] part : parts) {
        toPeer.write(part);
      }
      toPeer.flush();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /// The rest of the line that begins with `word`, the next that comes.
  ///
  /// @throws PeerFailedException if another comes, or none in time
  String answer(String word, Duration patience) throws InterruptedException {
    String line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new PeerFailedException(
          "expected %s to answer within %d s, found silence".formatted(name, patience.toSeconds()));
    }
    if (line.isEmpty()) {
      throw gone(null);
    }
    if (line.startsWith(FAILED)) {
      throw new PeerFailedException(name + " failed: " + line.substring(FAILED.length()));
    }
    if (!line.equals(word) && !line.startsWith(word + " ")) {
      throw new PeerFailedException(
          "expected '%s' from %s, found '%s'".formatted(word, name, shortened(line)));
    }
    return line.substring(Math.min(line.length(), word.length() + 1));
  }

  private static String shortened(String line) {
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  /// What is to be said of a pipe that closed: the peer's own last words, if there were any.
  private PeerFailedException gone(@Nullable IOException cause) {
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      if (line.startsWith(FAILED)) {
        return new PeerFailedException(name + " failed: " + line.substring(FAILED.length()), cause);
      }
    }
    String how = process.isAlive() ? "closed its pipe" : "ended, exit code " + exitCode();
    return new PeerFailedException(
        "expected %s to run on, it has gone (%s)".formatted(name, how), cause);
  }

  private int exitCode() {
    return process.exitValue();
  }

  /// It and its descendants, as they are now.
  List<Long> look() {
    process.descendants().forEach(tree::add);
    return tree.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
  }

  /// Asks it to end, by closing its input; kills what is still there after a while, and what it
  /// started. Removes its files.
  @Override
  public void close() {
    look();
    try {
      toPeer.close();
    } catch (IOException e) {
      // The pipe was broken already: the process has gone.
    }
    await(List.of(process.toHandle()));
    tree.forEach(ProcessHandle::destroyForcibly);
    await(tree);
    reader.interrupt();
    try {
      scripts.close();
    } catch (IOException e) {
      throw new PeerFailedException("cannot remove the files of " + name + ": " + e, e);
    }
  }

  /// Waits until all have ended, [#END_PATIENCE] at most. Looks again and again, since the JDK's
  /// own way to wait for a process that is no child of this one looks only every 300 ms, then less
  /// often.
  private static void await(Collection<ProcessHandle> processes) {
    long deadline = System.nanoTime() + END_PATIENCE.toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}

package dev.forklab.bench.peer;

import dev.forklab.bench.runtime.LineProcess;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A peer at work: a program of another runtime that submits tasks to its own pool when told to.
///
/// Commands and answers are lines of text, listed at the head of `driver.mjs`; a command blocks
/// until its answer has come. For one thread. A peer that dies, or one of whose workers dies,
/// answers with a [RuntimeFailedException]; closing it leaves no process of it.
public final class PeerDriver implements AutoCloseable {

  /// Beyond what it is asked to take: starting, draining, a machine that stands still.
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final String FAILED = "failed ";

  private final String name;
  private final PeerScripts scripts;
  private final LineProcess process;

  /// Written when its workers have started; a peer never replaces one.
  private List<Long> pids = List.of();

  private PeerDriver(String name, PeerScripts scripts, LineProcess process) {
    this.name = name;
    this.scripts = scripts;
    this.process = process;
  }

  /// Starts the peer's process and hands it its messages; it has no workers yet.
  ///
  /// @param messages all of one size, at least one
  /// @throws RuntimeFailedException if that cannot be
  public static PeerDriver start(PeerTask task, List<byte[]> messages) {
    PeerDriver driver = start(task.peer());
    try {
      int bytes = messages.getFirst().length;
      driver.process.send(ascii(task.settings(messages.size(), bytes)));
      driver.process.send(messages.toArray(byte[][]::new));
      return driver;
    } catch (RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  private static PeerDriver start(Peer peer) {
    String name = peer.model().id();
    try {
      PeerScripts scripts = PeerScripts.unpack(peer.model());
      try {
        ProcessBuilder builder =
            PeerRuntimes.builder(scripts.command(peer.command(), peer.model()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        return new PeerDriver(name, scripts, LineProcess.start(name, builder));
      } catch (IOException | RuntimeException e) {
        scripts.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RuntimeFailedException(
          "cannot start %s at %s: %s".formatted(name, peer.command(), e.getMessage()), e);
    }
  }

  /// What a stretch came to, by the peer's own count and clock.
  ///
  /// @param tasks how many were done
  /// @param nanos in what time
  /// @param latencyNanos of each task, in no order; empty where it was not asked for
  public record Ran(long tasks, long nanos, List<Long> latencyNanos) {
    public Ran {
      latencyNanos = List.copyOf(latencyNanos);
    }
  }

  /// How long it took to start the workers.
  ///
  /// @param firstReplyNanos until the first task was answered
  /// @param allRepliesNanos until one task of each worker was
  public record Opened(long firstReplyNanos, long allRepliesNanos) {}

  /// The CPU time of `tasks` tasks of `iterations` iterations, one after the other in the peer's
  /// main thread.
  public long batchNanos(int iterations, int tasks) throws InterruptedException {
    return numbers(ask("batch " + iterations + " " + tasks, "cpu", PATIENCE)).getFirst();
  }

  /// Starts the workers and gives each a task.
  public Opened open() throws InterruptedException {
    List<Long> times = numbers(ask("open", "opened", PATIENCE));
    pids = process.look();
    return new Opened(times.get(0), times.get(1));
  }

  /// Keeps `window` tasks in flight from now on; returns when as many have been answered.
  public void fill(int window) throws InterruptedException {
    ask("fill " + window, "ready", PATIENCE);
  }

  /// Counts tasks for a while. The stream that [#fill] began runs on before and after.
  public Ran slice(long nanos) throws InterruptedException {
    return ran(ask("slice " + nanos, "ran", PATIENCE.plusNanos(nanos)));
  }

  /// Lets `count` clients ask for a while, each with one task at a time.
  public Ran clients(int count, long nanos) throws InterruptedException {
    return ran(ask("clients " + count + " " + nanos, "ran", PATIENCE.plusNanos(nanos)));
  }

  /// Lets what is in flight finish.
  ///
  /// @return the SHA-256 of the last replies in hexadecimal, by the number of their task
  public Map<Long, String> drain() throws InterruptedException {
    Map<Long, String> digests = new LinkedHashMap<>();
    for (String entry : words(ask("drain", "drained", PATIENCE))) {
      String[] parts = entry.split(":", -1);
      digests.put(Long.valueOf(parts[0]), parts[1]);
    }
    return digests;
  }

  /// It and its workers, once they have started.
  public List<Long> pids() {
    return pids;
  }

  /// Asks it to end, and kills what is still there after a while. Removes its files.
  @Override
  public void close() {
    process.close();
    try {
      scripts.close();
    } catch (IOException e) {
      throw new RuntimeFailedException("cannot remove the files of " + name + ": " + e, e);
    }
  }

  /// The rest of the line that begins with `word`, in answer to a command.
  ///
  /// @throws RuntimeFailedException if another comes, or none in time
  private String ask(String command, String word, Duration patience) throws InterruptedException {
    String line = process.ask(command, patience);
    if (line.startsWith(FAILED)) {
      throw new RuntimeFailedException(name + " failed: " + line.substring(FAILED.length()));
    }
    if (!line.equals(word) && !line.startsWith(word + " ")) {
      throw new RuntimeFailedException(
          "expected '%s' from %s, found '%s'".formatted(word, name, shortened(line)));
    }
    return line.substring(Math.min(line.length(), word.length() + 1));
  }

  private static String shortened(String line) {
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  private static Ran ran(String answer) {
    List<Long> numbers = numbers(answer);
    return new Ran(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size()));
  }

  private static List<Long> numbers(String answer) {
    return words(answer).stream().map(Long::valueOf).toList();
  }

  private static List<String> words(String answer) {
    return Arrays.stream(answer.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package dev.forklab.bench.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A process that forks and measures, and the lab's line to it.
///
/// Its standard error goes to a file. It ends, and its children with it, when its standard input
/// does: so too when the lab is killed.
final class Driver implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration END_PATIENCE = Duration.ofSeconds(10);
  private static final String END = "";

  private final String name;
  private final Process process;
  private final Path log;
  // Written by the reading thread, read by whoever asks; one reply is on its way at most.
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(2);

  private Driver(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    Thread.ofVirtual().name("channel-driver-" + name).start(this::read);
  }

  /// @param log where its standard error goes; appended to
  static Driver start(String name, List<String> command, Path log) throws IOException {
    File file = log.toFile();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(file)).start();
    return new Driver(name, process, log);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.put(line);
      }
      lines.put(END);
    } catch (IOException | InterruptedException e) {
      lines.clear();
      var _ = lines.offer(END); // As if it had ended: nothing more can be heard of it.
    }
  }

  /// Has it do something, and waits until it has.
  ///
  /// @throws DriverException if it cannot, or has ended
  Reply ask(Request request) throws InterruptedException {
    try {
      OutputStream out = process.getOutputStream();
      out.write((JSON.writeValueAsString(request) + '\n').getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw failed(request, "it has ended", e);
    }
    String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw failed(request, "no reply in " + PATIENCE.toSeconds() + " s", null);
    }
    if (line.equals(END)) {
      throw failed(request, "it has ended", null);
    }
    Reply reply = parse(request, line);
    if (reply.error() != null) {
      throw failed(request, reply.error(), null);
    }
    return reply;
  }

  private Reply parse(Request request, String line) {
    try {
      return JSON.readValue(line, Reply.class);
    } catch (JacksonException e) {
      throw failed(request, "it wrote '" + line + "'", e);
    }
  }

  private DriverException failed(
      Request request, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new DriverException(
        "the %s driver could not do %s: %s; see %s".formatted(name, request.act(), why, log),
        cause);
  }

  /// Ends it and all that it started.
  @Override
  public void close() {
    try (OutputStream _ = process.getOutputStream()) {
      // The end of its input is what it waits for.
    } catch (IOException e) {
      kill();
    }
    try {
      if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /// Kills it and its children; for another thread.
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

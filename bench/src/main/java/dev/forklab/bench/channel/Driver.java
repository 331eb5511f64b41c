package dev.forklab.bench.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.bench.runtime.LineProcess;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A process that forks and measures, and the lab's line to it: a [Request] for a [Reply].
///
/// Its standard error goes to a file.
final class Driver implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final LineProcess process;
  private final Path log;

  private Driver(String name, LineProcess process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// @param log where its standard error goes; appended to
  static Driver start(String name, List<String> command, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Driver(name, LineProcess.start(name, builder), log);
  }

  /// Has it do something, and waits until it has.
  ///
  /// @throws DriverException if it cannot, or has ended
  Reply ask(Request request) throws InterruptedException {
    Optional<String> line;
    try {
      process.send((JSON.writeValueAsString(request) + '\n').getBytes(UTF_8));
      line = process.next(PATIENCE);
    } catch (EOFException e) {
      throw failed(request, "it " + e.getMessage(), null);
    } catch (IOException e) {
      throw failed(request, "it has ended", e);
    }
    Reply reply =
        parse(
            request,
            line.orElseThrow(() ->
                failed(request, "no reply in " + PATIENCE.toSeconds() + " s", null)));
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

  private DriverException failed(Request request, String why, @Nullable Throwable cause) {
    return new DriverException(
        "the %s driver could not do %s: %s; see %s".formatted(name, request.act(), why, log),
        cause);
  }

  /// Ends it and all that it started.
  @Override
  public void close() {
    process.close();
  }

  /// Kills it and its children; for another thread.
  void kill() {
    process.kill();
  }
}

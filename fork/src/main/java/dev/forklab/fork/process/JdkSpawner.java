package dev.forklab.fork.process;

import dev.forklab.fork.data.Stdio;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;

/// Starts processes with the JDK's [ProcessBuilder], where [PosixSpawner] cannot.
final class JdkSpawner implements Spawner {

  private final String reason;

  JdkSpawner(String reason) {
    this.reason = reason;
  }

  @Override
  public String describe() {
    return "ProcessBuilder ("
        + reason
        + "): exit codes above 128 are reported as unknown, for they may be signals; only SIGTERM and"
        + " SIGKILL can be sent";
  }

  @Override
  public ChildHandle spawn(ProcessSpec spec) throws IOException {
    if (spec.session() == Session.OWN) {
      throw new IOException("a session of its own needs posix_spawn, but this is " + describe());
    }
    if (!spec.descriptors().isEmpty()) {
      throw new IOException("inheriting descriptors needs posix_spawn, but this is " + describe());
    }
    ProcessBuilder builder = new ProcessBuilder(spec.command());
    spec.directory().ifPresent(path -> builder.directory(path.toFile()));
    setEnvironment(builder.environment(), spec.environment());
    builder.redirectInput(redirect(spec.stdio().get(0), true));
    builder.redirectOutput(redirect(spec.stdio().get(1), false));
    builder.redirectError(redirect(spec.stdio().get(2), false));
    return new JdkChild(builder.start(), spec.stdio());
  }

  /// What it has already stays as it is: bytes, which may be no text.
  private static void setEnvironment(Map<String, String> inherited, Map<String, String> wanted) {
    inherited.keySet().retainAll(wanted.keySet());
    wanted.forEach((name, value) -> {
      if (!value.equals(inherited.get(name))) {
        inherited.put(name, value);
      }
    });
  }

  private static Redirect redirect(Stdio stdio, boolean input) {
    return switch (stdio) {
      case Stdio.Inherit() -> Redirect.INHERIT;
      case Stdio.Pipe() -> Redirect.PIPE;
      case Stdio.Ignore() ->
          input ? Redirect.from(new java.io.File("/dev/null")) : Redirect.DISCARD;
      case Stdio.ToFile(var path, var append) -> {
        if (input) {
          yield Redirect.from(path.toFile());
        }
        yield append ? Redirect.appendTo(path.toFile()) : Redirect.to(path.toFile());
      }
    };
  }
}

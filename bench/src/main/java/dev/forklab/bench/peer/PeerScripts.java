package dev.forklab.bench.peer;

import dev.forklab.bench.runtime.BundledScript;
import dev.forklab.bench.runtime.ScratchDirectory;
import dev.forklab.results.Model;
import dev.forklab.workload.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The programs that the lab brings for other runtimes, in a directory of their own.
final class PeerScripts implements AutoCloseable {

  /// Beside the package's classes, but for what both the lab and the tests of parity use.
  private static final Map<String, Class<?>> NODE =
      Map.of(
          "driver.mjs", PeerScripts.class,
          "pools.mjs", PeerScripts.class,
          "worker.mjs", PeerScripts.class,
          "replies.mjs", Workload.class);

  private static final Map<String, Class<?>> PYTHON =
      Map.of("driver.py", PeerScripts.class, "replies.py", Workload.class);

  private final ScratchDirectory directory;

  private PeerScripts(ScratchDirectory directory) {
    this.directory = directory;
  }

  static PeerScripts unpack(Model model) throws IOException {
    PeerScripts scripts = new PeerScripts(ScratchDirectory.make("peer"));
    try {
      for (Map.Entry<String, Class<?>> file : files(model).entrySet()) {
        var _ = BundledScript.unpack(file.getKey(), file.getValue(), scripts.directory.path());
      }
      return scripts;
    } catch (IOException | RuntimeException e) {
      scripts.close();
      throw e;
    }
  }

  private static Map<String, Class<?>> files(Model model) {
    return model == Model.PYTHON ? PYTHON : NODE;
  }

  /// The peer's command line.
  List<String> command(String executable, Model model) {
    return switch (model) {
      case NODE, NODE_BINARY -> List.of(executable, path("driver.mjs"), "fork");
      case NODE_THREADS -> List.of(executable, path("driver.mjs"), "threads");
      case PYTHON -> List.of(executable, "-B", path("driver.py"));
      default -> throw new IllegalArgumentException("expected a peer, found " + model.id());
    };
  }

  private String path(String name) {
    return directory.path().resolve(name).toString();
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}

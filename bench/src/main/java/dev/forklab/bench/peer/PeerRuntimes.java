package dev.forklab.bench.peer;

import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.workload.Documents;
import dev.forklab.workload.Seal;
import dev.forklab.workload.Triad;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which runtimes are on this machine, and what of the work they can do.
public final class PeerRuntimes {

  /// What the names of such variables begin with. Python is told to heed none.
  private static final List<String> CHANGING = List.of("NODE_", "UV_");

  private static final long PATIENCE_SECONDS = 10;
  private static final int OLDEST_NODE = 18;
  private static final int OLDEST_PYTHON = 9; // of 3

  /// Each prints its version, its own executable (a name on the PATH may be a script that looks for
  /// it), and what else there is to know, a line each.
  private static final String ASK_NODE =
      "console.log([process.versions.node, process.execPath, ''].join('\\n'))";

  private static final String ASK_PYTHON =
      """
      import importlib.util, platform, sys
      print(platform.python_version(), sys.executable, sep='\\n')
      print('cipher' if importlib.util.find_spec('cryptography') else '')
      """;

  private final @Nullable String path;

  private PeerRuntimes(@Nullable String path) {
    this.path = path;
  }

  /// Those on this process's `PATH`.
  public static PeerRuntimes onThePath() {
    return new PeerRuntimes(System.getenv("PATH"));
  }

  /// Those in some folders.
  ///
  /// @param path in the format of `PATH`
  public static PeerRuntimes on(String path) {
    return new PeerRuntimes(path);
  }

  /// What became of looking for a peer.
  public sealed interface Found {

    /// It can take part.
    record Present(Peer peer) implements Found {}

    /// It cannot.
    ///
    /// @param reason why, as the end of a sentence
    record Absent(String reason) implements Found {}
  }

  /// Looks for a peer that can compute a workload. Starts its runtime once, for a moment.
  public Found find(Model model, String workload) {
    if (!List.of(Seal.NAME, Documents.NAME, Triad.NAME).contains(workload)) {
      return new Found.Absent("the workload " + workload + " is Java's alone");
    }
    boolean python = model == Model.PYTHON;
    List<String> names = python ? List.of("python3", "python") : List.of("node", "nodejs");
    Optional<Path> executable = names.stream().flatMap(name -> onPath(name).stream()).findFirst();
    if (executable.isEmpty()) {
      return new Found.Absent("no '" + names.getFirst() + "' on the PATH");
    }
    String file = executable.get().toString();
    // -I: what lies in the working directory is not a module of Python's.
    List<String> said = python ? ask(file, "-I", "-c", ASK_PYTHON) : ask(file, "-e", ASK_NODE);
    if (said.size() < 2) {
      return new Found.Absent("%s does not run".formatted(file));
    }
    Peer peer = new Peer(model, said.get(1), said.get(0));
    return python ? python(peer, workload, said.contains("cipher")) : node(peer);
  }

  /// The Node of this path, if it runs and is new enough.
  public static Found nodeAt(String executable) {
    List<String> said = ask(executable, "-e", ASK_NODE);
    return said.size() < 2
        ? new Found.Absent("%s does not run".formatted(executable))
        : node(new Peer(Model.NODE, said.get(1), said.get(0)));
  }

  private static Found node(Peer peer) {
    return part(peer.version(), 0) >= OLDEST_NODE
        ? new Found.Present(peer)
        : new Found.Absent(
            "expected Node %d or newer, found %s".formatted(OLDEST_NODE, peer.version()));
  }

  private static Found python(Peer peer, String workload, boolean cipher) {
    if (part(peer.version(), 0) != 3 || part(peer.version(), 1) < OLDEST_PYTHON) {
      return new Found.Absent(
          "expected Python 3.%d or newer, found %s".formatted(OLDEST_PYTHON, peer.version()));
    }
    if (workload.equals(Seal.NAME) && !cipher) {
      return new Found.Absent(
          "Python %s has no AES of its own: install its package 'cryptography'"
              .formatted(peer.version()));
    }
    return workload.equals(Triad.NAME)
        ? new Found.Absent("Python has no arithmetic on whole arrays of its own")
        : new Found.Present(peer);
  }

  private static int part(String version, int index) {
    String[] parts = version.split("[^0-9]", -1);
    return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }

  private Optional<Path> onPath(String name) {
    return Arrays.stream((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /// A process of a runtime, without the variables that would change how it runs: those of the JVM
  /// are cleared likewise.
  public static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> CHANGING.stream().anyMatch(name::startsWith));
    return builder;
  }

  /// The lines that a runtime prints; none if it does not run, or not in time.
  private static List<String> ask(String... command) {
    Process process;
    try {
      process = builder(List.of(command)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return List.of();
    }
    try (var output = process.getInputStream()) {
      process.getOutputStream().close();
      // Never destroyed once it has ended: that closes its output, perhaps before it has been read.
      process
          .onExit()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(_ -> process.destroyForcibly());
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.lines().toList() : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      process.destroyForcibly();
    }
  }
}

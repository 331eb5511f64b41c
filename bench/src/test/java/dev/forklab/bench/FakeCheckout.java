package dev.forklab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A checkout that holds the real launcher and one source file, in a folder whose name has a space;
/// with JDKs and a Maven that only write down how they were called.
final class FakeCheckout {

  /// What the launcher needs of a POSIX system, and all that is on its PATH in these tests.
  private static final List<String> TOOLS =
      List.of("cat", "find", "head", "mkdir", "mv", "readlink", "rm", "sh", "sleep", "tail");

  private static final String JAVA =
      """
      #!/bin/sh
      echo "$JAVA_TOOL_OPTIONS$_JAVA_OPTIONS$JDK_JAVA_OPTIONS$JDK_AOT_VM_OPTIONS$JDK_ALTERNATE_VM" \
        >>"$CALLS.flags"
      echo "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" >>"$CALLS.locales"
      case "$*" in *AOTCacheOutput*) exit 0 ;; esac
      echo "java of $(cat "${0%/bin/java}/name")"
      echo "in $PWD"
      for argument do
        printf 'argument %s\\n' "$argument"
      done
      [ -z "${HOLD:-}" ] || read -r line
      """;

  private static final String MVN =
      """
      #!/bin/sh
      echo "$JAVA_HOME $* ${JAVA_TOOL_OPTIONS:-}" >>"$CALLS"
      while [ -e "$CALLS.wait" ]; do sleep 0.05; done
      if [ -e "$CALLS.fail" ]; then
        echo "one line that says why"
        exit 1
      fi
      mkdir -p bench/target/lab/lib
      echo jar >bench/target/lab/bench-1.jar
      echo jar >bench/target/lab/lib/dependency-1.jar
      """;

  final Path parent;
  final Path root;
  final Path calls;
  private final Path bin;

  FakeCheckout(Path parent) throws IOException {
    this.parent = parent.toRealPath();
    this.root = Files.createDirectories(this.parent.resolve("a check out"));
    this.bin = Files.createDirectory(this.parent.resolve("bin"));
    this.calls = this.parent.resolve("calls");
    Files.copy(Path.of("..", "lab"), root.resolve("lab"));
    executable(root.resolve("lab"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(source("Source.java"), "");
    for (String tool : TOOLS) {
      // A script, since JUnit warns of links that lead out of its folder.
      String call = "#!/bin/sh\nexec '" + locate(tool) + "' \"$@\"\n";
      executable(Files.writeString(bin.resolve(tool), call));
    }
    executable(Files.writeString(bin.resolve("mvn"), MVN));
  }

  /// Makes a repository of it, and git a tool on the PATH; its commit's short name.
  String commit() throws Exception {
    String git = locate("git").toString();
    executable(Files.writeString(bin.resolve("git"), "#!/bin/sh\nexec '" + git + "' \"$@\"\n"));
    run(git, "init", "-q");
    run(git, "add", ".");
    run(git, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "all");
    return run(git, "rev-parse", "--short=7", "HEAD").strip();
  }

  private String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  Path source(String name) throws IOException {
    return Files.createDirectories(root.resolve("bench/src/main/java")).resolve(name);
  }

  /// Makes a source file look newer than anything built.
  void edit() throws IOException {
    Path source = source("Source.java");
    Path stamp = root.resolve("bench/target/lab/lab.stamp");
    long built = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toMillis() : 0;
    Files.setLastModifiedTime(source, FileTime.fromMillis(built + 1_000));
  }

  /// A JDK of that version in `folder`, which may be named as its name is.
  Path jdk(String folder, String version) throws IOException {
    Path home = Files.createDirectories(parent.resolve(folder));
    Files.createDirectories(home.resolve("bin"));
    executable(Files.writeString(home.resolve("bin/java"), JAVA));
    executable(Files.writeString(home.resolve("bin/javac"), "#!/bin/sh\n"));
    Files.writeString(home.resolve("name"), version);
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return home;
  }

  /// Puts a link to that JDK's java on the PATH.
  void onPath(Path home) throws IOException {
    Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
  }

  ProcessBuilder lab(Map<String, String> environment, String... arguments) {
    return command(List.of("sh", root.resolve("lab").toString()), environment, arguments);
  }

  ProcessBuilder command(List<String> start, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(start);
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(parent.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", parent.resolve("home").toString());
    builder.environment().put("CALLS", calls.toString());
    // Else the JDKs of the machine that runs this test would be found.
    builder.environment().put("LAB_JDKS", parent.resolve("jdks").toString());
    builder.environment().putAll(environment);
    return builder;
  }

  List<String> builds() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private static void executable(Path file) {
    if (!file.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot make executable: " + file);
    }
  }

  private static Path locate(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("expected " + tool + " on the PATH"));
  }
}

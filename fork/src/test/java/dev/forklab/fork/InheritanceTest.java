package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.Inheritance;
import dev.forklab.fork.launch.JavaCommand;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class InheritanceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
        "-javaagent:exporter.jar=9404:config.yaml",
        "-agentpath:/opt/profiler.so=port=10001",
        "-Xrunjdwp:server=y",
        "-Dcom.sun.management.jmxremote.port=9010",
        "-Xlog:gc*:file=gc.log",
        "-Xlog:gc:gc.log:time:filecount=4",
        "-Xloggc:gc.log",
        "-XX:LogFile=vm.log",
        "-XX:HeapDumpPath=one.hprof",
        "-XX:ErrorFile=hs_err.log",
        "-XX:StartFlightRecording=filename=a.jfr",
        "-XX:+AutoCreateSharedArchive"
      })
  void whatTwoProcessesCannotShareIsNotInherited(String flag) {
    assertThat(Inheritance.isShared(flag)).isFalse();
    assertThat(Inheritance.environment(Map.of("JAVA_TOOL_OPTIONS", "-Da=b " + flag + " -Xmx1g")))
        .containsEntry("JAVA_TOOL_OPTIONS", "-Da=b -Xmx1g");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xlog:gc",
        "-Xlog:gc::time",
        "-Xlog:gc*:stderr",
        "-Xlog:disable",
        "-Xlog:gc:file=gc-%p.log",
        "-XX:HeapDumpPath=/",
        "-XX:ErrorFile=hs_err_%p.log",
        "-Xmx1g",
        "--add-opens=java.base/java.lang=ALL-UNNAMED"
      })
  void allElseIs(String flag) {
    assertThat(Inheritance.isShared(flag)).isTrue();
  }

  @Test
  void anEnvironmentWithNothingToLeaveOutStaysAsItIs() {
    Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", " -Da='b  c'   -Xmx1g ");
    assertThat(Inheritance.environment(environment)).isEqualTo(environment);
  }

  @Test
  void filesOfFlagsAreReadForThoseThatAreNotShared(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("flags");
    Files.writeString(file, "# of production\n-Xmx1g -javaagent:exporter.jar=9404\n\"-Da=b c\"\n");
    Path missing = directory.resolve("missing");
    assertThat(
            Inheritance.environment(
                Map.of("JDK_JAVA_OPTIONS", "-Dx=y @%s @%s".formatted(file, missing))))
        .containsEntry("JDK_JAVA_OPTIONS", "-Dx=y -Xmx1g \"-Da=b c\" @" + missing);
  }

  @Test
  void relativeFilesThatAJvmReadsAreFoundFromAnyDirectory() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(Inheritance.wherever("-XX:AOTCache=app.aot"))
        .isEqualTo("-XX:AOTCache=" + here.resolve("app.aot"));
    assertThat(Inheritance.wherever("-Xbootclasspath/a:lib/a.jar:/opt/b.jar"))
        .isEqualTo("-Xbootclasspath/a:%s:/opt/b.jar".formatted(here.resolve("lib/a.jar")));
    assertThat(Inheritance.wherever("-Da=b.txt")).isEqualTo("-Da=b.txt");
    assertThat(Inheritance.environment(Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g  -XX:AOTCache=app.aot")))
        .containsEntry("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:AOTCache=" + here.resolve("app.aot"));
  }

  @Test
  void aParentsLogStaysItsOwnAndItsFileOfFlagsIsReadByBoth(@TempDir Path directory)
      throws Exception {
    Path log = directory.resolve("gc.log");
    Path flags = directory.resolve("flags");
    Files.writeString(flags, "+UseParallelGC\nMaxHeapSize=96m\n");
    Events events =
        Events.of(
            Fork.fork(
                ComplaintChildren.Flags.class,
                ForkOptions.builder()
                    .execArgv(
                        "-Xlog:gc*:file=" + log,
                        "-XX:Flags=" + flags,
                        "--enable-native-access=ALL-UNNAMED")
                    .build()));
    assertThat(((Map<?, ?>) events.next()).get("flags"))
        .asString()
        .contains("-XX:Flags=" + flags, "+UseParallelGC")
        .doesNotContain("gc.log");
    assertThat(events.untilClosed().code()).hasValue(0);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(log, flags);
    }
  }

  /// Forks `env` as it is, and has it print to standard output.
  static final class Environment {
    static void main(String[] args) throws Exception {
      ChildProcess child =
          Fork.forkExecutable(
              "env",
              ForkOptions.builder().stdio(Stdio.IGNORE, Stdio.INHERIT, Stdio.INHERIT).build());
      child.closed().get();
    }
  }

  @Test
  void theBytesOfAnInheritedEnvironmentArriveWhateverTheLocale() throws Exception {
    for (String locale : List.of("C", "C.UTF-8")) {
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.put("LC_ALL", locale);
      ChildProcess child =
          Fork.forkExecutable(
              "sh",
              ForkOptions.builder()
                  .env(environment)
                  .stdio(Stdio.IGNORE, Stdio.PIPE, Stdio.INHERIT)
                  .args(
                      "-c",
                      "FOO=$(printf '\\303\\251') BAR=$(printf 'a\\377b') exec \"$@\"",
                      "sh",
                      JavaCommand.ownJava().toString(),
                      "--enable-native-access=ALL-UNNAMED",
                      "-cp",
                      JavaCommand.ofThisJvm().classPath(),
                      Environment.class.getName())
                  .build());
      try (InputStream out = child.stdout().orElseThrow()) {
        String printed =
            new String(out.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(printed.lines()).as(locale).contains("FOO=\u00c3\u00a9", "BAR=a\u00ffb");
      }
      child.closed().get();
    }
  }

  @Test
  void textThatTheProgramGivesIsUtf8() throws Exception {
    ChildProcess child =
        Fork.forkExecutable(
            "env",
            ForkOptions.builder()
                .silent(true)
                .env(Map.of("FOO", "\u20ac", "PATH", "/usr/bin:/bin"))
                .build());
    assertThat(new String(child.stdout().orElseThrow().readAllBytes(), UTF_8))
        .contains("FOO=\u20ac");
    child.closed().get();
  }
}

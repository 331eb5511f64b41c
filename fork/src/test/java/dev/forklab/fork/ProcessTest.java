package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.data.Stdio;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class ProcessTest {

  private static Map<?, ?> report(ForkOptions options) throws Exception {
    ChildProcess child = Fork.fork(Children.Report.class, options);
    Events events = Events.of(child);
    Object message = events.next();
    child.disconnect();
    events.untilClosed();
    return (Map<?, ?>) message;
  }

  @Test
  void argumentsAreCopiedAndArriveAsTheyAre() throws Exception {
    List<String> args = new ArrayList<>(List.of("a b", "", "\u20ac", "$HOME"));
    ForkOptions options = ForkOptions.builder().args(args).build();
    args.add("later");
    assertThat(report(options).get("args")).isEqualTo(List.of("a b", "", "\u20ac", "$HOME"));
  }

  @Test
  void cwdEnvAndExecArgvAreTheChilds(@TempDir Path directory) throws Exception {
    Map<?, ?> report =
        report(
            ForkOptions.builder()
                .cwd(directory)
                .env(Map.of("ONLY", "this"))
                .execArgv("-Dflag=up")
                .build());
    assertThat(report.get("cwd")).isEqualTo(directory.toRealPath().toString());
    assertThat(report.get("flag")).isEqualTo("up");
    assertThat(report.get("env"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("ONLY", "this")
        .doesNotContainKey("PATH");
  }

  @ParameterizedTest
  @CsvSource({
    "dev.forklab.fork.Children$InstanceMain, instance",
    "dev.forklab.fork.Children$InheritedMain, instance",
    "dev.forklab.fork.Children$TwoMains, with"
  })
  void anyMainThatJavaStartsIsForked(Class<?> main, String says) throws Exception {
    Events events = Events.of(Fork.fork(main));
    assertThat(events.untilClosed().code()).hasValue(0);
    assertThat(events.messages()).containsExactly(says);
  }

  @Test
  void aNulCharacterIsRejectedAtOnce() {
    assertThatThrownBy(() -> Fork.fork(Children.Nothing.class, "a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            Fork.fork(Children.Nothing.class, ForkOptions.builder().env(Map.of("A", "\0")).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fork.forkExecutable("a\0b", ForkOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            Fork.fork(Children.Nothing.class, ForkOptions.builder().cwd(Path.of("a\0b")).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void silentPipesAllThreeStreamsAndLeavesTheChannelAlone() throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.Talk.class,
            ForkOptions.builder().silent(true).args("to out", "to err").build());
    Events events = Events.of(child);
    try (OutputStream stdin = child.stdin().orElseThrow()) {
      stdin.write("to in".getBytes(UTF_8));
    }
    try (InputStream stdout = child.stdout().orElseThrow();
        InputStream stderr = child.stderr().orElseThrow()) {
      assertThat(stdout.readAllBytes()).asString(UTF_8).isEqualTo("to out");
      assertThat(stderr.readAllBytes()).asString(UTF_8).endsWith("to err");
    }
    events.untilClosed();
    assertThat(events.messages()).containsExactly("to in");
  }

  @Test
  void stdioNamesEachStreamAndWinsOverSilent(@TempDir Path directory) throws Exception {
    Path out = directory.resolve("out");
    ChildProcess child =
        Fork.fork(
            Children.Talk.class,
            ForkOptions.builder()
                .silent(true)
                .stdio(Stdio.IGNORE, Stdio.file(out), Stdio.IGNORE)
                .args("to file", "to nowhere")
                .build());
    Events events = Events.of(child);
    events.untilClosed();
    assertThat(child.stdin()).isEmpty();
    assertThat(child.stdout()).isEmpty();
    assertThat(out).hasContent("to file");
    assertThat(events.messages()).containsExactly("");
  }

  @Test
  void pipedOutputThatNobodyReadsDoesNotKeepCloseFromComing() throws Exception {
    ChildProcess child =
        Fork.fork(Children.Print.class, ForkOptions.builder().silent(true).args("60000").build());
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(0);
  }

  @Test
  void aGrandchildThatHoldsThePipeOpenDoesNotKeepCloseFromComing() throws Exception {
    ChildProcess child =
        Fork.fork(Children.LeaveGrandchild.class, ForkOptions.builder().silent(true).build());
    Events events = Events.of(child);
    long grandchild = ((Number) events.next()).longValue();
    events.untilClosed();
    assertThat(ProcessHandle.of(grandchild).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  void whatWasWrittenToOnePipeIsThereThoughAGrandchildHoldsTheOther() throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.LastWordsBesideGrandchild.class, ForkOptions.builder().silent(true).build());
    Events events = Events.of(child);
    long grandchild = ((Number) events.next()).longValue();
    events.untilClosed();
    try (InputStream stderr = child.stderr().orElseThrow()) {
      assertThat(stderr.readAllBytes()).asString(UTF_8).endsWith("last words");
    }
    assertThat(ProcessHandle.of(grandchild).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  void aVirtualThreadThatReadsAQuietChildHoldsUpNoOther() throws Exception {
    ChildProcess child =
        Fork.fork(
            ComplaintChildren.VirtualReader.class,
            ForkOptions.builder()
                .execArgv(
                    "--enable-native-access=ALL-UNNAMED",
                    "-Djdk.virtualThreadScheduler.parallelism=1",
                    "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .build());
    Events events = Events.of(child);
    assertThat(events.next()).isEqualTo("ran");
    assertThat(events.next()).isEqualTo("hello");
    events.untilClosed();
  }

  @Test
  void printingToStandardOutputDoesNotTouchTheMessages() throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.Talk.class,
            ForkOptions.builder()
                .stdio(Stdio.IGNORE, Stdio.IGNORE, Stdio.IGNORE)
                .args("\0\1\2FK", "x")
                .args("garbage FK on stdout", "x")
                .build());
    Events events = Events.of(child);
    events.untilClosed();
    assertThat(events.messages()).containsExactly("");
    assertThat(events.errors()).isEmpty();
  }

  @Test
  void aJarIsForkedByItsMainClass(@TempDir Path directory) throws Exception {
    Path jar = directory.resolve("app.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Children.Count.class.getName());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(out, manifest)) {
      archive.finish();
    }
    ChildProcess child = Fork.forkJar(jar, ForkOptions.builder().args("2").build());
    Events events = Events.of(child);
    events.untilClosed();
    assertThat(events.messages()).containsExactly(0, 1);
  }

  @Test
  void anExecutableFindsItsChannelInTheEnvironment() throws Exception {
    ForkOptions options =
        ForkOptions.builder()
            .args("-cp", System.getProperty("java.class.path"), Children.Count.class.getName(), "2")
            .build();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Events events = Events.of(Fork.forkExecutable(java, options));
    assertThat(events.untilClosed().code()).hasValue(0);
    assertThat(events.messages()).containsExactly(0, 1);
  }

  @Test
  void theChannelIsNotInheritedByTheChildsOwnChildren() throws Exception {
    Events events = Events.of(Fork.fork(Children.Grandparent.class));
    events.untilClosed();
    assertThat(events.messages()).containsExactly(false);
  }

  @Test
  void theChildEndsWithAParentThatWasKilledEvenInABusyLoop() throws Exception {
    ChildProcess middle = Fork.fork(Children.Middle.class);
    long grandchild = ((Number) Events.of(middle).next()).longValue();
    assertThat(ProcessHandle.of(grandchild)).isPresent();
    middle.kill("SIGKILL");
    middle.closed().get(30, TimeUnit.SECONDS);
    await().until(() -> !ProcFile.of(grandchild).isAlive());
  }

  @Test
  void aDetachedChildOutlivesItsParent() throws Exception {
    ChildProcess middle = Fork.fork(Children.MiddleOfDetached.class);
    long grandchild = ((Number) Events.of(middle).next()).longValue();
    middle.kill("SIGKILL");
    middle.closed().get(30, TimeUnit.SECONDS);
    // It had a channel when its parent died: give it time to be wrong, by the time of another
    // child.
    Fork.fork(Children.Nothing.class).closed().get(30, TimeUnit.SECONDS);
    assertThat(ProcFile.of(grandchild).isAlive()).isTrue();
    assertThat(ProcessHandle.of(grandchild).orElseThrow().destroyForcibly()).isTrue();
    await().until(() -> !ProcFile.of(grandchild).isAlive());
  }
}

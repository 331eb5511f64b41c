package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.RunAs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What users of such libraries complain about, made impossible: the table in docs/design/fork.md
/// names the test of each. Those of pools are in `dev.forklab.fork.pool`.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class ComplaintsTest {

  private static final int NOBODY = 65_534;

  @Test
  void fiveHundredThousandBytesOfOutputThenExitArriveWhole() throws Exception {
    ChildProcess child =
        Fork.fork(Children.Print.class, ForkOptions.builder().silent(true).args("500000").build());
    try (InputStream out = child.stdout().orElseThrow()) {
      // Nobody reads before it has ended or fills the pipe: then all must be there.
      assertThat(out.readAllBytes()).hasSize(500_000);
    }
    child.closed().get(60, TimeUnit.SECONDS);
  }

  @Test
  void noOrphanIsLeftUnderASubreaperEvenInABusyLoop() throws Exception {
    ChildProcess child =
        Fork.fork(
            ComplaintChildren.Subreaper.class,
            ForkOptions.builder().execArgv("--enable-native-access=ALL-UNNAMED").build());
    Events events = Events.of(child);
    assertThat(events.next()).isEqualTo(Map.of("failed", 0, "adopted", true));
    events.untilClosed();
  }

  @Test
  void noOrphanIsLeftByAParentThatEndsByItself() throws Exception {
    ChildProcess child = Fork.fork(ComplaintChildren.Leaving.class);
    Events events = Events.of(child);
    long grandchild = ((Number) events.next()).longValue();
    events.untilClosed();
    await().until(() -> !ProcFile.of(grandchild).isAlive());
  }

  @Test
  void aDebugPortIsNotInherited() throws Exception {
    ChildProcess child =
        Fork.fork(
            ComplaintChildren.Flags.class,
            ForkOptions.builder()
                .stdio(Stdio.IGNORE, Stdio.IGNORE, Stdio.INHERIT)
                .execArgv(
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dkept=yes")
                .build());
    Events events = Events.of(child);
    assertThat(((Map<?, ?>) events.next()).get("flags"))
        .asString()
        .contains("-Dkept=yes")
        .doesNotContain("jdwp");
    events.untilClosed();
  }

  @Test
  void aDebugPortOrAnotherAgentInTheEnvironmentIsNotInherited(@TempDir Path directory)
      throws Exception {
    Path agent = directory.resolve("an agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", ComplaintChildren.Agent.class.getName());
    try (OutputStream out = Files.newOutputStream(agent);
        JarOutputStream archive = new JarOutputStream(out, manifest)) {
      archive.finish();
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-Dkept=yes -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"
            + " -javaagent:'%s'".formatted(agent));
    ChildProcess child =
        Fork.fork(
            ComplaintChildren.Flags.class,
            ForkOptions.builder()
                .stdio(Stdio.IGNORE, Stdio.IGNORE, Stdio.INHERIT)
                .env(environment)
                .execArgv("--enable-native-access=ALL-UNNAMED")
                .build());
    Events events = Events.of(child);
    Map<?, ?> found = (Map<?, ?>) events.next();
    events.untilClosed();
    assertThat(found.get("flags")).asString().contains("-Dkept=yes").doesNotContain("jdwp");
    assertThat(found.get("agents")).isEqualTo(0);
  }

  @Test
  void sendingToAChildThatJustDiedNeitherBlocksNorThrows() throws Exception {
    for (int round = 0; round < 5; round++) {
      ChildProcess child = Fork.fork(Children.Echo.class);
      Events events = Events.of(child);
      child.send("ready");
      assertThat(events.next()).isEqualTo("ready");
      List<ForkError> refused = Collections.synchronizedList(new ArrayList<>());
      child.kill("SIGKILL");
      while (child.connected()) {
        child.send(
            "x",
            error -> {
              if (error != null) {
                refused.add(error);
              }
            });
      }
      assertThat(child.send("late")).isFalse();
      assertThat(events.untilClosed().signal()).hasValue("SIGKILL");
      assertThat(refused).allMatch(error -> error.kind() == ForkError.Kind.SEND);
      await().until(() -> events.names().contains("error SEND"));
      assertThat(events.errors()).hasSize(1);
    }
  }

  @Test
  void bothEndsMaySendMegabytesBeforeEitherListens() throws Exception {
    int count = 8_000;
    ChildProcess child = Fork.fork(ComplaintChildren.Talkative.class, Integer.toString(count));
    String text = "p".repeat(1024);
    for (int i = 0; i < count; i++) {
      child.send(text);
    }
    Events events = Events.of(child);
    await().atMost(60, TimeUnit.SECONDS).until(() -> events.messages().size() == count + 1);
    assertThat(events.messages().getLast()).isEqualTo("all " + count);
    child.disconnect();
    events.untilClosed();
  }

  @Test
  void aFullStandardOutputHoldsItsPrinterAndNotTheMessages() throws Exception {
    ChildProcess child =
        Fork.fork(ComplaintChildren.Printer.class, ForkOptions.builder().silent(true).build());
    Events events = Events.of(child);
    for (int i = 0; i < 20; i++) {
      child.send(i);
      assertThat(events.next()).isEqualTo(i);
    }
    child.kill("SIGKILL");
    events.untilClosed();
  }

  @Test
  void aStoppedChildIsNotTakenForDead() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    child.send("ready");
    assertThat(events.next()).isEqualTo("ready");
    child.kill("SIGSTOP");
    child.send("while stopped");
    // As long as another child takes to start and to end.
    Fork.fork(Children.Nothing.class).closed().get(60, TimeUnit.SECONDS);
    assertThat(child.connected()).isTrue();
    child.kill("SIGCONT");
    assertThat(events.next()).isEqualTo("while stopped");
    child.disconnect();
    events.untilClosed();
    assertThat(events.errors()).isEmpty();
  }

  @Test
  void messagesMayComeAfterTheExitButNeverAfterTheClose() throws Exception {
    ChildProcess child = Fork.fork(Children.Count.class, "100");
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    child.onClose(_ -> order.add("close"));
    child.onMessage(message -> {
      child.exited().join(); // The first one holds all others until the process is gone.
      order.add("message " + message);
    });
    child.closed().get(60, TimeUnit.SECONDS);
    await().until(() -> order.contains("close"));
    assertThat(order).hasSize(101).endsWith("message 99", "close");
  }

  @Test
  void multiByteCharactersArriveWholeWhereverTheyAreCut() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    for (int size : List.of(1, 21_845, 43_690, 65_535, 65_536, 87_381, 87_382, 300_000)) {
      for (String character : List.of("\u00e9", "\u20ac", "\ud83d\ude00")) {
        String text = "a".repeat(size % 7) + character.repeat(size);
        child.send(text);
        assertThat(events.next().equals(text)).as("%d times %s", size, character).isTrue();
      }
    }
    child.disconnect();
    events.untilClosed();
  }

  @Test
  void aDetachedChildLeadsASessionOfItsOwn() throws Exception {
    ChildProcess child =
        Fork.fork(Children.Echo.class, ForkOptions.builder().detached(true).build());
    long pid = child.pid().orElseThrow();
    await().until(() -> ProcFile.of(pid).session() == pid);
    child.disconnect();
    child.closed().get(60, TimeUnit.SECONDS);
    ChildProcess attached = Fork.fork(Children.Echo.class);
    assertThat(ProcFile.of(attached.pid().orElseThrow()).session())
        .isEqualTo(ProcFile.of(ProcessHandle.current().pid()).session());
    attached.disconnect();
    attached.closed().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aRefusedUserOrGroupThrowsAtOnce() {
    assertThatThrownBy(() -> RunAs.prefix(OptionalInt.of(0), OptionalInt.empty(), NOBODY))
        .isInstanceOf(SecurityException.class)
        .hasMessageContaining("user " + NOBODY);
    assertThatThrownBy(() -> RunAs.prefix(OptionalInt.empty(), OptionalInt.of(0), NOBODY))
        .isInstanceOf(SecurityException.class);
    if (RunAs.ownUser() != 0) {
      assertThatThrownBy(() -> Fork.forkExecutable("true", ForkOptions.builder().uid(0).build()))
          .isInstanceOf(SecurityException.class);
    }
  }

  @Test
  void whoIsTheUserAskedForNeedsNoToolForIt() {
    assertThat(RunAs.prefix(OptionalInt.of(NOBODY), OptionalInt.empty(), NOBODY)).isEmpty();
  }

  @Test
  void aChildRunsAsTheUserAndGroupAskedFor() throws Exception {
    assumeTrue(RunAs.ownUser() == 0, "only root may run a child as somebody else");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
    ChildProcess child =
        Fork.forkExecutable(
            "id",
            ForkOptions.builder()
                .stdio(Stdio.IGNORE, Stdio.PIPE, Stdio.INHERIT)
                .uid(NOBODY)
                .gid(NOBODY)
                .build());
    try (InputStream out = child.stdout().orElseThrow()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
          .contains("uid=" + NOBODY, "gid=" + NOBODY);
    }
    child.closed().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aSignalThatTheSystemRefusesIsAnErrorAndNotADelivery(@TempDir Path directory)
      throws Exception {
    assumeTrue(RunAs.ownUser() == 0, "only root may run a child as somebody else");
    List<String> withoutKill = List.of("setpriv", "--bounding-set=-kill", "--inh-caps=-kill");
    assumeTrue(succeeds(withoutKill, "true"), "setpriv cannot take the right to kill away here");
    Path java = directory.resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\nexec %s %s \"$@\"\n"
            .formatted(String.join(" ", withoutKill), JavaCommand.ofThisJvm().java()));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    CompletableFuture<Object> told = new CompletableFuture<>();
    ChildProcess parent =
        Fork.fork(
                ComplaintChildren.Powerless.class,
                ForkOptions.builder().execPath(java).args("" + NOBODY).build())
            .onMessage(told::complete);
    assertThat(told.get(60, TimeUnit.SECONDS))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("delivered", false)
        .containsEntry("killed", false)
        .containsEntry("kind", "KILL")
        .extractingByKey("words", InstanceOfAssertFactories.STRING)
        .contains("signal 15", "not permitted");
    parent.closed().get(60, TimeUnit.SECONDS);
  }

  private static boolean succeeds(List<String> command, String last) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.add(last);
    try {
      return new ProcessBuilder(all).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void anUnknownKillSignalThrowsAtOnce() {
    assertThatThrownBy(() -> ForkOptions.builder().killSignal("SIGFOO"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SIGFOO");
  }

  @Test
  void aSecondAbortOrADeadChildsAbortIsNoSecondError() throws Exception {
    Abort abort = new Abort();
    ChildProcess child =
        Fork.fork(
            Children.Spin.class, ForkOptions.builder().abort(abort).killSignal("SIGKILL").build());
    CompletableFuture<ForkError> error = new CompletableFuture<>();
    List<ForkError> all = Collections.synchronizedList(new ArrayList<>());
    child.onError(all::add).onError(error::complete);
    abort.abort();
    child.closed().get(60, TimeUnit.SECONDS);
    abort.abort();
    assertThat(error.get(10, TimeUnit.SECONDS).kind()).isEqualTo(ForkError.Kind.ABORTED);
    assertThat(all).hasSize(1);
  }
}

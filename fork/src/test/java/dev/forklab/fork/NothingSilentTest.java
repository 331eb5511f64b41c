package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.launch.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever goes wrong, somebody is told.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class NothingSilentTest {

  private static final int DEPTH = 300;

  record Node(@Nullable Node next) {}

  record Refused(int value) {
    Refused {
      throw new StackOverflowError("while it is made of " + value);
    }
  }

  /// What a JVM of its own prints that runs this class as its main.
  private static String output(Class<?> main, Path directory) throws Exception {
    return output(directory, JavaCommand.ofThisJvm().command(main.getName(), List.of()));
  }

  private static String output(Path directory, List<String> command) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, UTF_8);
  }

  @Test
  void aFailedStartIsHeardThoughMainHasReturned(@TempDir Path directory) throws Exception {
    assertThat(output(LoneParents.FailsToStart.class, directory)).contains("heard START");
  }

  @Test
  void aFailedStartThatNobodyListensToIsOnStandardError(@TempDir Path directory) throws Exception {
    assertThat(output(LoneParents.Unheard.class, directory))
        .contains("fork-unheard thing", "could not be started", "/no/such/thing");
  }

  @Test
  void anErrorThatNobodyListensToReachesTheHandlerOfUncaughtExceptions(@TempDir Path directory)
      throws Exception {
    assertThat(output(LoneParents.UnheardByHandler.class, directory)).contains("handled START");
  }

  /// What a parent prints that has used up its descriptors before its child is there.
  private static String outputWithoutDescriptors(Path directory, String how) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 100; exec \"$@\"", "sh"));
    command.addAll(
        JavaCommand.ofThisJvm()
            .command(LoneParents.OutOfDescriptors.class.getName(), List.of(how)));
    return output(directory, command);
  }

  @Test
  void aConnectionThatCannotBeAcceptedIsAnErrorEvent(@TempDir Path directory) throws Exception {
    assertThat(outputWithoutDescriptors(directory, "connects"))
        .contains("heard CHANNEL")
        .contains("Too many open files");
  }

  @Test
  void aChildThatInheritsItsPipesNeedsNoDescriptorOfTheParentsAnyMore(@TempDir Path directory)
      throws Exception {
    assertThat(outputWithoutDescriptors(directory, "inherits"))
        .contains("heard a message")
        .doesNotContain("Too many open files");
  }

  @Test
  void whatAChildRefusesIsToldOnItsStandardErrorIfItDoesNotListen() throws Exception {
    ChildProcess child =
        Fork.fork(Children.TypedEcho.class, ForkOptions.builder().silent(true).build());
    child.send("no job");
    child.disconnect();
    assertThat(new String(child.stderr().orElseThrow().readAllBytes(), UTF_8))
        .contains("the parent sent an invalid message");
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void aDeepTypedMessageArrives(Serialization serialization) throws Exception {
    Node deep = null;
    for (int i = 0; i < DEPTH; i++) {
      deep = new Node(deep);
    }
    ChildProcess child =
        Fork.fork(Children.Echo.class, ForkOptions.builder().serialization(serialization).build());
    CompletableFuture<Node> received = new CompletableFuture<>();
    child.onError(received::completeExceptionally).onMessage(Node.class, received::complete);
    child.send(deep);
    int depth = 0;
    for (Node at = received.get(30, TimeUnit.SECONDS); at != null; at = at.next()) {
      depth++;
    }
    assertThat(depth).isEqualTo(DEPTH);
    child.disconnect();
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @Test
  void anyThrowableWhileAMessageIsDecodedIsAnErrorEvent() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    CompletableFuture<ForkError> error = new CompletableFuture<>();
    child.onError(error::complete).onMessage(Refused.class, _ -> {});
    child.send(java.util.Map.of("value", 1));
    assertThat(error.get(30, TimeUnit.SECONDS).kind()).isEqualTo(ForkError.Kind.GARBAGE);
    child.disconnect();
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aListenerThatThrowsStarvesNoOther() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    CompletableFuture<Object> received = new CompletableFuture<>();
    child
        .onMessage(_ -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
          throw new IllegalStateException("first");
        })
        .onMessage(received::complete);
    child.send("for both");
    assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo("for both");
    child.disconnect();
    child.closed().get(30, TimeUnit.SECONDS);
  }
}

package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.launch.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A channel begins on pipes, and goes on over a socket once it carries much.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class MovedChannelTest {

  private static final int SENDERS = 3;
  private static final int MESSAGES = 400;
  private static final int MOST_BYTES = 60_000;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void onLinux() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "elsewhere it begins on a socket");
  }

  private static ForkOptions.Builder options() {
    return ForkOptions.builder().serialization(Serialization.ADVANCED);
  }

  private static void end(ChildProcess child) throws Exception {
    child.disconnect();
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(0);
  }

  private static boolean hasSocket(ChildProcess child) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + child.pid().orElseThrow(), "fd"))) {
      return open.anyMatch(Descriptor::isSocket);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Message(int sender, int number, byte[] bytes) {}

  /// Several threads send numbered messages; returns the numbers of each that came back, in order.
  private static List<List<Integer>> exchange(ChildProcess child) throws Exception {
    List<List<Integer>> back = new ArrayList<>();
    IntStream.range(0, SENDERS).forEach(_ -> back.add(new ArrayList<>()));
    CountDownLatch all = new CountDownLatch(SENDERS * MESSAGES);
    child.onMessage(
        Message.class,
        message -> {
          back.get(message.sender).add(message.number);
          all.countDown();
        });
    List<Thread> senders = new ArrayList<>();
    for (int sender = 0; sender < SENDERS; sender++) {
      int own = sender;
      SplittableRandom random = new SplittableRandom(own);
      senders.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                  child.sendAsync(new Message(own, i, new byte[random.nextInt(MOST_BYTES)])).join();
                }
              }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    return back;
  }

  private static void assertComplete(List<List<Integer>> back) {
    assertThat(back)
        .allSatisfy(
            own -> assertThat(own).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList()));
  }

  @Test
  void muchGoesOverASocketInTheOrderSent() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class, options().build());
    assertComplete(exchange(child));
    assertThat(hasSocket(child)).isTrue();
    end(child);
  }

  @Test
  void aFewSmallMessagesStayOnPipes() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class, options().build());
    CountDownLatch answers = new CountDownLatch(MESSAGES);
    child.onMessage(_ -> answers.countDown());
    for (int i = 0; i < MESSAGES; i++) {
      child.send(i);
    }
    assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(hasSocket(child)).isFalse();
    end(child);
  }

  @Test
  void aChildThatCannotConnectGoesOnOnPipes() throws Exception {
    Path java = directory.resolve("java");
    Files.writeString(
        java, "#!/bin/sh\nulimit -n 200\nexec '%s' \"$@\"\n".formatted(JavaCommand.ownJava()));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ChildProcess child =
        Fork.fork(Children.EchoWithoutDescriptors.class, options().execPath(java).build());
    assertComplete(exchange(child));
    assertThat(hasSocket(child)).isFalse();
    child.kill("SIGKILL"); // It cannot even load the classes that its end takes.
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aChildMayBeKilledAtAnyMomentOfIt() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 12; i++) {
      ChildProcess child = Fork.fork(Children.Echo.class, options().build());
      CountDownLatch answers = new CountDownLatch(random.nextInt(60, 110));
      child.onMessage(_ -> answers.countDown()).onError(_ -> {}); // What it does not get.
      for (int sent = 0; sent < 200; sent++) {
        child.send(new Message(0, sent, new byte[MOST_BYTES]));
      }
      assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
      child.kill("SIGKILL");
      assertThat(child.closed().get(30, TimeUnit.SECONDS).signal()).hasValue("SIGKILL");
    }
  }
}

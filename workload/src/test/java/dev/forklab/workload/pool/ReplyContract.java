package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.replyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.workload.pool.Awaiting.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each message gets its own reply.
interface ReplyContract extends PoolUnderTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64 * 1024, 16 * 1024 * 1024})
  default void messageOfAnySizeIsAnsweredAndLeftAsItWas(int bytes) throws Exception {
    byte[] message = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(message);
    byte[] before = message.clone();
    byte[] reply = replyOf(open(options(1)).submit(message));
    assertThat(Arrays.equals(reply, ScriptedWorkload.reverse(before))).isTrue();
    assertThat(Arrays.equals(message, before)).isTrue();
  }

  @Test
  default void repliesMatchTheirMessagesUnderConcurrentSubmitters() throws Exception {
    WorkerPool pool = open(options(3).withQueueCapacity(5));
    List<Call<Integer>> submitters = new ArrayList<>();
    for (int submitter = 0; submitter < 8; submitter++) {
      long seed = submitter;
      submitters.add(Call.start(() -> submitAndCheck(pool, new SplittableRandom(seed), 100)));
    }
    for (Call<Integer> submitter : submitters) {
      assertThat(submitter.result()).isEqualTo(100);
    }
  }

  private static int submitAndCheck(WorkerPool pool, SplittableRandom random, int count)
      throws Exception {
    List<byte[]> messages = new ArrayList<>();
    List<CompletableFuture<byte[]>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] message = new byte[random.nextInt(2_000)];
      random.nextBytes(message);
      messages.add(message);
      futures.add(pool.submit(message));
    }
    for (int i = 0; i < count; i++) {
      assertThat(replyOf(futures.get(i))).isEqualTo(ScriptedWorkload.reverse(messages.get(i)));
    }
    return count;
  }

  @Test
  default void noMoreTasksRunAtOnceThanThereAreWorkers() throws Exception {
    WorkerPool pool = open(options(2));
    Path present = Files.createDirectory(path("present"));
    List<CompletableFuture<byte[]>> futures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      futures.add(pool.submit(Script.census(present)));
    }
    for (CompletableFuture<byte[]> future : futures) {
      assertThat(Integer.parseInt(new String(replyOf(future), UTF_8))).isBetween(1, 2);
    }
  }

  @Test
  default void allWorkersWorkAtOnce() throws Exception {
    WorkerPool pool = open(options(3));
    CompletableFuture<byte[]> first = submitHeld(pool, "first");
    CompletableFuture<byte[]> second = submitHeld(pool, "second");
    CompletableFuture<byte[]> third = submitHeld(pool, "third");
    openGate();
    for (CompletableFuture<byte[]> held : List.of(first, second, third)) {
      assertThat(replyOf(held)).asString(UTF_8).isEqualTo("released");
    }
  }

  @Test
  default void poolSaysWhatItWasBuiltWith() {
    PoolOptions options = options(2).withQueueCapacity(7);
    assertThat(open(options).options()).isEqualTo(options);
  }
}

package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.ProcFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A worker as a process among others: its signals, its session, its environment, what it starts.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WorkerProcessTest {

  private static ForkPoolOptions<byte[], byte[]> options(
      Class<? extends Task<byte[], byte[]>> task) {
    return ForkPool.with(task).workers(1);
  }

  private static String ask(ForkPool<byte[], byte[]> pool, String question) throws Exception {
    return new String(pool.submit(question.getBytes(UTF_8)).get(30, TimeUnit.SECONDS), UTF_8);
  }

  /// Starts the command that its message is, and replies with its pid; of `$NAME`, with the value.
  public static final class Starter implements Task<byte[], byte[]> {
    @Override
    public byte[] run(byte[] message, TaskContext context) throws Exception {
      String words = new String(message, UTF_8);
      String reply =
          words.startsWith("$")
              ? String.valueOf(System.getenv(words.substring(1)))
              : "" + new ProcessBuilder(words.split(" ", -1)).start().pid();
      return reply.getBytes(UTF_8);
    }
  }

  @Test
  void aTerminalsOrAServiceManagersSignalsCostNoTaskInHand(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("go");
    try (ForkPool<byte[], byte[]> pool = options(Deeds.class).open()) {
      assertThat(ask(pool, "warm")).isEqualTo("warm");
      CompletableFuture<byte[]> running = pool.submit(("await " + file).getBytes(UTF_8));
      String pid = Long.toString(pool.pids().getFirst());
      for (String signal : new String[] {"-INT", "-TERM"}) {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
      }
      Files.createFile(file);
      running.get(30, TimeUnit.SECONDS);
      assertThat(ask(pool, "pid")).isEqualTo(pid);
    }
  }

  @Test
  void aWorkerLeadsASessionOfItsOwn() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(Deeds.class).open()) {
      long pid = Long.parseLong(ask(pool, "pid"));
      assertThat(ProcFile.of(pid).session()).isEqualTo(pid);
    }
  }

  @Test
  void whatATaskStartedEndsWithItsWorkerAndTakesSignalsAsUsual() throws Exception {
    long first;
    long second;
    try (ForkPool<byte[], byte[]> pool = options(Starter.class).open()) {
      first = Long.parseLong(ask(pool, "sleep 600"));
      second = Long.parseLong(ask(pool, "sleep 600"));
      assertThat(new ProcessBuilder("kill", "-TERM", "" + first).start().waitFor()).isZero();
      await().until(() -> !ProcFile.of(first).isAlive());
      assertThat(ProcFile.of(second).isAlive()).isTrue();
    }
    await().until(() -> !ProcFile.of(second).isAlive());
  }

  @Test
  void aBusyWorkersShutdownHooksRunWhenItsPoolIsClosed(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("hook");
    ForkPool<byte[], byte[]> pool = options(Hooked.class).open();
    ask(pool, file.toString());
    CompletableFuture<byte[]> running = pool.submit(new byte[0]);
    await().until(() -> Files.exists(directory.resolve("hook.busy")));
    pool.close(Duration.ZERO);
    assertThat(running).isCompletedExceptionally();
    assertThat(file).exists();
  }

  /// Has a file made when it ends; of no name, works for ever.
  public static final class Hooked implements Task<byte[], byte[]> {
    @Override
    public byte[] run(byte[] message, TaskContext context) throws Exception {
      if (message.length == 0) {
        Files.createFile(Path.of(System.getProperty("hook") + ".busy"));
        Thread.sleep(Long.MAX_VALUE);
      }
      Path file = Path.of(new String(message, UTF_8));
      System.setProperty("hook", file.toString());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> create(file)));
      return message;
    }

    private static void create(Path file) {
      try {
        Files.createFile(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aPoolsEnvironmentIsItsWorkers() throws Exception {
    ForkPoolOptions<byte[], byte[]> options = options(Starter.class);
    try (ForkPool<byte[], byte[]> pool = options.env(Map.of("ONLY", "this")).open()) {
      assertThat(ask(pool, "$ONLY")).isEqualTo("this");
      assertThat(ask(pool, "$PATH")).isEqualTo("null");
    }
  }
}

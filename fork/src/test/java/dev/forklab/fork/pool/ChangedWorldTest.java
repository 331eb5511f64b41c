package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkError;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.Parent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A deploy under a pool that goes on.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ChangedWorldTest {

  private static ForkPoolOptions<byte[], byte[]> options() {
    return ForkPool.with(Deeds.class).name("test").workers(1);
  }

  private static byte[] kill() {
    return "halt 9".getBytes(UTF_8);
  }

  /// Removes the directory that it works in, loses a worker, and says what its pool and a fork say.
  static final class Homeless {
    static void main(String[] args) throws Exception {
      try (ForkPool<byte[], byte[]> pool = options().open()) {
        pool.submit(new byte[1]).get();
        Files.delete(Path.of(args[0]));
        var _ = catchThrowable(() -> pool.submit(kill()).get());
        pool.submit(new byte[1]).get();
      }
      CompletableFuture<ForkError> error = new CompletableFuture<>();
      Fork.fork(Homeless.class).onError(error::complete);
      Parent.get().send(String.valueOf(error.get().getMessage()));
    }
  }

  @Test
  void aPoolGoesOnThoughItsWorkingDirectoryWasRemovedAndAForkSaysWhatIsWrong(
      @TempDir Path directory) throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    ChildProcess child =
        Fork.fork(Homeless.class, ForkOptions.builder().cwd(home).args(home.toString()).build());
    CompletableFuture<@Nullable Object> said = new CompletableFuture<>();
    child.onMessage(said::complete).onClose(_ -> said.complete("nothing"));
    assertThat(said.get(50, TimeUnit.SECONDS))
        .asString()
        .contains("working directory", "ForkOptions.cwd");
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aPoolWhoseJarsVanishedSaysWhich(@TempDir Path directory) throws Exception {
    Path gone = directory.resolve("gone.jar");
    ForkPoolOptions<byte[], byte[]> lost = options().classPath(gone.toString());
    try (ForkPool<byte[], byte[]> pool = lost.open()) {
      Throwable failed = catchThrowable(() -> pool.submit(new byte[1]).get(30, TimeUnit.SECONDS));
      assertThat(failed).hasMessageContaining("not there now: " + gone);
    }
  }
}

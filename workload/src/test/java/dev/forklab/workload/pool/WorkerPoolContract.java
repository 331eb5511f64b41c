package dev.forklab.workload.pool;

import dev.forklab.workload.WorkloadSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The one suite that every model's pool passes: what [WorkerPool] promises, sentence by sentence.
///
/// A model's test extends this class and says how a pool is opened. What the tasks do is in their
/// messages ([Script]), so that workers may be other processes; for those, this module's test-jar
/// has to be on the workers' class path. After each test the gate is opened, the pools are closed,
/// and [NothingLeftBehind] looks for what is left.
@ExtendWith(NothingLeftBehind.class)
@Timeout(180) // seconds: a test that hangs fails, whatever it hangs on
public abstract class WorkerPoolContract
    implements ReplyContract, FailureContract, QueueContract, CancelContract, CloseContract {

  @SuppressWarnings("NullAway.Init") // by JUnit
  @TempDir
  private Path directory;

  private final List<WorkerPool> opened = new ArrayList<>();

  /// Opens a pool of the model under test.
  protected abstract WorkerPool open(PoolOptions options, WorkloadSpec spec);

  @Override
  public final WorkerPool open(PoolOptions options) {
    WorkerPool pool = open(options, ScriptedWorkload.SPEC);
    opened.add(pool);
    return pool;
  }

  @Override
  public final Path path(String name) {
    return directory.resolve(name);
  }

  @Override
  public final void openGate() {
    try {
      Files.writeString(gate(), "open");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  final void closeAll() {
    openGate();
    opened.reversed().forEach(pool -> pool.close(Duration.ZERO));
  }
}

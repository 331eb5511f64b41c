package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameException;
import dev.forklab.fork.codec.Thrown;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.launch.ForkedProcess;
import dev.forklab.fork.thread.PoolThread;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What happens to one worker, passed on to those who decide.
final class WorkerEvents implements ForkedProcess.Listener {

  private final Dispatcher dispatcher;
  private final Supervisor supervisor;
  // Set once, before the process's threads begin, which orders it for them.
  private @Nullable Worker worker;
  // Known to the channel's thread only.
  private boolean greeted;

  WorkerEvents(Dispatcher dispatcher, Supervisor supervisor) {
    this.dispatcher = dispatcher;
    this.supervisor = supervisor;
  }

  void of(Worker started) {
    worker = started;
  }

  @Override
  public void frame(Frame frame) {
    Worker from = worker();
    try {
      switch (frame.kind()) {
        case HELLO -> {
          if (greeted) {
            throw new IOException("expected one greeting, found a second");
          }
          greeted = true;
          PoolThread.mark(); // This thread completes futures from now on.
          if (supervisor.fits(from) && dispatcher.ready(from)) {
            supervisor.started(from);
          }
        }
        case THREW -> {
          if (frame.id() == 0) {
            supervisor.noTask(from, Thrown.decode(frame.body()));
          } else {
            dispatcher.answered(from, frame);
          }
        }
        case INPUT -> from.streams.inputAsked(dispatcher.running(from), frame);
        case STREAM_OPEN, STREAM_DATA, STREAM_END, STREAM_CREDIT, STREAM_CLOSED ->
            from.streams.receive(dispatcher.running(from), frame);
        case PROGRESS -> dispatcher.progressed(from, frame);
        case REPLY, CANCELLED -> dispatcher.answered(from, frame);
        default -> throw new IOException("expected an answer, found a frame " + frame.kind());
      }
    } catch (IOException e) {
      supervisor.distrust(from, e);
    }
  }

  @Override
  public void channelEnded(@Nullable IOException failure) {
    PoolThread.mark(); // One that ended before it was ready has not been.
    worker().streams.end();
    if (failure instanceof FrameException garbage) {
      supervisor.distrust(worker(), garbage);
    } else {
      supervisor.silent(worker());
    }
  }

  @Override
  public void exited(Exit status) {
    PoolThread.mark(); // This thread may be the last of the two, which completes futures.
    supervisor.exited(worker(), status);
  }

  @Override
  public void closed() {
    supervisor.died(worker());
  }

  /// It broke the rules of streams.
  void violated(String what) {
    supervisor.distrust(worker(), new IOException(what));
  }

  private Worker worker() {
    Worker current = worker;
    if (current == null) {
      throw new IllegalStateException("expected a worker before its first event, found none");
    }
    return current;
  }
}

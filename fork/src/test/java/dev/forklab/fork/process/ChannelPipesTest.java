package dev.forklab.fork.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.channel.ChannelClosedException;
import dev.forklab.fork.channel.Duplex;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.Inherited;
import dev.forklab.fork.data.ChannelBounds;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The parent's ends. The child is the test itself: it holds the others, as plain files, and writes
/// back what it reads. No descriptor may be left.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ChannelPipesTest {

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere there are none");
  }

  private static ChannelPipes newPipes() throws IOException {
    return ChannelPipes.open(new LibC(Linker.nativeLinker().defaultLookup()));
  }

  /// The parent's ends, and the child's, which has reopened what it inherits.
  private record Ends(ChannelPipes pipes, FileInputStream fromParent, FileOutputStream toParent)
      implements AutoCloseable {

    static Ends open() throws IOException {
      ChannelPipes pipes = newPipes();
      Map<Inherited, Integer> theirs = pipes.childEnds();
      Ends ends =
          new Ends(
              pipes,
              new FileInputStream("/proc/self/fd/" + theirs.get(Inherited.FROM_PARENT)),
              new FileOutputStream("/proc/self/fd/" + theirs.get(Inherited.TO_PARENT)));
      pipes.closeChildEnds();
      return ends;
    }

    FrameChannel channel() throws IOException {
      FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT);
      channel.attach(pipes.wire());
      return channel;
    }

    /// Writes back what it reads, until the parent's end is closed.
    Thread echo() {
      return Thread.ofPlatform()
          .start(() -> {
            try (fromParent;
                toParent) {
              fromParent.transferTo(toParent);
            } catch (IOException _) {
              // The parent reads no more.
            }
          });
    }

    @Override
    public void close() throws IOException {
      try (pipes;
          fromParent) {
        toParent.close();
      }
    }
  }

  private static Frame frame(int number, int bytes) {
    return new Frame(FrameKind.MESSAGE, number, new byte[bytes]);
  }

  @Test
  void theNumbersThatTheChildGetsAreInNobodysWay() throws Exception {
    try (ChannelPipes pipes = newPipes()) {
      assertThat(pipes.childEnds().values()).allMatch(each -> each >= 7).doesNotHaveDuplicates();
      assertThat(pipes.capacityBytes()).isGreaterThanOrEqualTo(4096);
    }
  }

  @Test
  @SuppressWarnings("try") // Closing the channel is what ends the echo.
  void framesOfAllSizesComeBackInOrder() throws Exception {
    int count = 400;
    try (Ends ends = Ends.open();
        FrameChannel channel = ends.channel()) {
      Thread echo = ends.echo();
      Thread sender =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < count; i++) {
                    channel.send(frame(i, i % 7 == 0 ? 1_000_000 : i * 10));
                  }
                } catch (IOException _) {
                  // Then too few come back.
                }
              });
      int[] back = {0};
      while (back[0] < count) {
        channel.await();
        channel.readAvailable(frame -> assertThat(frame.id()).isEqualTo(back[0]++));
      }
      sender.join();
      channel.close();
      echo.join();
    }
  }

  /// Many rounds, for the thread may be woken at any moment of the close.
  @Test
  void closingEndsTheLoopThreadThatWaits() throws Exception {
    for (int round = 0; round < 500; round++) {
      try (Ends ends = Ends.open()) {
        FrameChannel channel = ends.channel();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread loop =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    channel.readToEnd(_ -> {});
                  } catch (IOException e) {
                    thrown.complete(e);
                  }
                });
        while (loop.getState() != Thread.State.RUNNABLE || loop.getStackTrace().length < 4) {
          Thread.onSpinWait(); // Until it is on its way to wait.
        }
        channel.close();
        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.send(frame(1, 1)))
            .isInstanceOf(ChannelClosedException.class);
        loop.join();
      }
    }
  }

  /// The test holds the pipe open, as a grandchild would.
  @Test
  void aPeerThatIsGoneIsReadToTheEndOfWhatItWroteWhoeverHoldsThePipe() throws Exception {
    try (Ends ends = Ends.open();
        FrameChannel channel = ends.channel()) {
      ByteBuffer header = ByteBuffer.allocate(16);
      header.put(4, (byte) 2).put(5, (byte) 1).putShort(6, (short) 0x464B);
      ends.toParent().write(header.array());
      List<Frame> read = new ArrayList<>();
      Thread loop =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  channel.readToEnd(read::add);
                } catch (IOException _) {
                  // Then the frame is missing.
                }
              });
      channel.peerIsGone();
      loop.join();
      assertThat(read).hasSize(1);
    }
  }

  @Test
  void aWriteToAPeerThatIsGoneIsANamedError() throws Exception {
    try (Ends ends = Ends.open();
        FrameChannel channel = ends.channel()) {
      ends.fromParent().close();
      CompletableFuture<Boolean> failed = new CompletableFuture<>();
      channel.send(frame(1, 1), failure -> failed.complete(failure != null));
      assertThat(failed.get(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> channel.send(frame(2, 1)))
          .hasRootCauseMessage("a pipe to a child: Broken pipe");
    }
  }

  /// Descriptors are given again as soon as they are free: whoever used one that is closed would
  /// read from, or write to, another's.
  @Test
  void aDescriptorIsClosedOnceAndByNobodyWhileAnotherUsesIt() throws Exception {
    for (int round = 0; round < 200; round++) {
      try (Ends ends = Ends.open()) {
        Duplex line = ends.pipes().wire();
        List<Thread> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          users.add(
              Thread.ofPlatform()
                  .start(() -> {
                    try {
                      while (true) {
                        line.await(Duplex.WRITABLE, 1);
                        ends.pipes().wire().wakeup();
                      }
                    } catch (IOException _) {
                      // Closed.
                    }
                  }));
        }
        line.close();
        try (Ends others = Ends.open()) {
          for (Thread each : users) {
            each.join();
          }
          assertThat(others.fromParent().available()).isZero();
        }
      }
    }
  }
}

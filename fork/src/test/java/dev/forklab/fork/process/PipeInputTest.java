package dev.forklab.fork.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.NothingLeft;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Linker;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The child is the test itself: it holds the other end of the pipe. No descriptor may be left.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class PipeInputTest {

  /// A pipe to a child, and what that child, or one of its own, writes to it.
  private record Piped(PipeInput in, OutputStream child) {}

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere the JDK reads");
  }

  private static Piped open() throws Exception {
    LibC c = new LibC(Linker.nativeLinker().defaultLookup());
    ParentPipe pipe = ParentPipe.open(c, 1);
    OutputStream child = new FileOutputStream("/proc/self/fd/" + pipe.childDescriptor());
    c.close(pipe.childDescriptor());
    return new Piped((PipeInput) pipe.parentEnd(), child);
  }

  private static String rest(InputStream in) throws Exception {
    return new String(in.readAllBytes(), UTF_8);
  }

  @Test
  void aPipeThatIsHeldOpenIsEmptiedBeforeItIsGivenUp() throws Exception {
    Piped pipe = open();
    try (OutputStream grandchild = pipe.child()) {
      grandchild.write("last words".getBytes(UTF_8));
      pipe.in().finish(Duration.ZERO);
      assertThat(rest(pipe.in())).isEqualTo("last words");
    }
  }

  @Test
  void aReaderThatIsSlowLosesNothingAndLeavesNoDescriptor() throws Exception {
    Piped pipe = open();
    pipe.child().write("slowly".getBytes(UTF_8));
    assertThat(pipe.in().read()).isEqualTo('s');
    pipe.child().close();
    pipe.in().finish(Duration.ZERO);
    pipe.in().awaitReader(Duration.ZERO);
    assertThat(rest(pipe.in())).isEqualTo("lowly");
  }

  @Test
  void aReaderThatMeetsTheEndLeavesNoDescriptor() throws Exception {
    Piped pipe = open();
    try (OutputStream grandchild = pipe.child()) {
      grandchild.write("to be ".getBytes(UTF_8));
      assertThat(pipe.in().read()).isEqualTo('t');
      pipe.in().finish(Duration.ZERO);
      grandchild.write("continued".getBytes(UTF_8));
    }
    assertThat(rest(pipe.in())).isEqualTo("o be continued");
  }

  @Test
  void aReaderThatReadsIsWaitedFor() throws Exception {
    Piped pipe = open();
    pipe.child().write("abc".getBytes(UTF_8));
    assertThat(pipe.in().read()).isEqualTo('a');
    pipe.child().close();
    pipe.in().finish(Duration.ZERO);
    Thread closing = Thread.ofPlatform().start(() -> pipe.in().awaitReader(Duration.ofHours(1)));
    assertThat(pipe.in().read()).isEqualTo('b');
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(pipe.in().read()).isEqualTo('c');
    closing.join();
  }

  @Test
  void moreThanAPipeHoldsIsNotKeptForNobody() throws Exception {
    Piped pipe = open();
    Thread grandchild =
        Thread.ofPlatform()
            .start(() -> {
              try (OutputStream out = pipe.child()) {
                while (true) {
                  out.write(new byte[4096]);
                }
              } catch (java.io.IOException _) {
                // Nobody reads any more.
              }
            });
    pipe.in().finish(Duration.ZERO);
    grandchild.join();
    assertThat(pipe.in().readAllBytes().length).isLessThanOrEqualTo(1 << 20);
  }
}

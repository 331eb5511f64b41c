package dev.forklab.fork.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.fork.data.MessageWork;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifelineTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// What the parent makes of an answer.
  private static <T> Optional<T> ask(
      Consumer<ByteBuffer> answer, Function<Lifeline, Optional<T>> question) throws IOException {
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.empty());
        SocketChannel child = SocketChannel.open(UnixDomainSocketAddress.of(socket.file()));
        Lifeline line = new Lifeline(socket.accept())) {
      ByteBuffer bytes = ByteBuffer.allocate(LifelineAnswers.BYTES);
      answer.accept(bytes);
      child.write(bytes.clear()); // Before it is asked: it waits in the socket.
      return question.apply(line);
    }
  }

  @Test
  void anAnswerThatCannotBeTrueIsNone() throws Exception {
    for (HeapUse wrong :
        new HeapUse[] {
          new HeapUse(-1, 5, 9), new HeapUse(6, 5, 9), new HeapUse(1, 10, 9), new HeapUse(9, 9, -1)
        }) {
      assertThat(ask(bytes -> LifelineAnswers.put(wrong, bytes), line -> line.heap(PATIENCE)))
          .as("%s", wrong)
          .isEmpty();
    }
    HeapWork wrong = new HeapWork(1, -7, 3);
    assertThat(ask(bytes -> LifelineAnswers.put(wrong, bytes), line -> line.heapWork(PATIENCE)))
        .isEmpty();
    MessageWork backwards = new MessageWork(1, 2, -3, 4, 5);
    assertThat(
            ask(bytes -> LifelineAnswers.put(backwards, bytes), line -> line.messageWork(PATIENCE)))
        .isEmpty();
    MessageWork right = new MessageWork(1, 2, 3, 4, 5);
    assertThat(ask(bytes -> LifelineAnswers.put(right, bytes), line -> line.messageWork(PATIENCE)))
        .contains(right);
    JvmReport noCpus = new JvmReport("25", "Copy", 1, 0);
    assertThat(ask(bytes -> LifelineAnswers.put(noCpus, bytes), line -> line.jvm(PATIENCE)))
        .isEmpty();
    JvmReport escapes = new JvmReport("\u001b[2J", "Copy", 1, 1);
    assertThat(ask(bytes -> LifelineAnswers.put(escapes, bytes), line -> line.jvm(PATIENCE)))
        .isEmpty();
  }

  @Test
  void anInterruptedThreadIsAnsweredAndStaysInterrupted() throws Exception {
    HeapUse heap = new HeapUse(1, 2, 3);
    Optional<HeapUse> answer =
        ask(
            bytes -> LifelineAnswers.put(heap, bytes),
            line -> {
              Thread.currentThread().interrupt();
              return line.heap(PATIENCE);
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).contains(heap);
  }
}

package dev.forklab.fork.channel;

import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.fork.data.MessageWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The parent's end of a child's second connection: while it is open, the child lives.
///
/// Safe for use by many threads; questions are asked one at a time.
public final class Lifeline implements AutoCloseable {

  static final byte HEAP_USE = 'H';
  static final byte HEAP_WORK = 'W';
  static final byte JVM = 'J';
  static final byte MESSAGE_WORK = 'M';

  private final Duplex line;
  private int unanswered;

  public Lifeline(Duplex line) {
    this.line = line;
  }

  public Lifeline(SocketChannel socket) throws IOException {
    this(SocketLine.of(socket));
  }

  /// Asks the child what its heap holds. Blocks until it answers, at most for `patience`: a stopped
  /// child does not answer.
  ///
  /// @return empty if no answer came in time, or one that cannot be true, or the child is gone
  public Optional<HeapUse> heap(Duration patience) {
    return ask(HEAP_USE, patience).map(LifelineAnswers::heapUse).filter(Lifeline::isPossible);
  }

  /// Asks the child what its heap has cost so far; as [#heap].
  public Optional<HeapWork> heapWork(Duration patience) {
    return ask(HEAP_WORK, patience).map(LifelineAnswers::heapWork).filter(Lifeline::isPossible);
  }

  /// Asks the child what messages have cost it since it was first asked; as [#heap].
  public Optional<MessageWork> messageWork(Duration patience) {
    return ask(MESSAGE_WORK, patience)
        .map(LifelineAnswers::messageWork)
        .filter(Lifeline::isPossible);
  }

  /// Asks the child what it was given; as [#heap].
  public Optional<JvmReport> jvm(Duration patience) {
    return ask(JVM, patience).map(LifelineAnswers::jvm).filter(Lifeline::isPossible);
  }

  // An answer that cannot be true is none: whoever reckons with it would reckon wrongly.

  private static boolean isPossible(HeapUse heap) {
    return heap.usedBytes() >= 0
        && heap.usedBytes() <= heap.committedBytes()
        && heap.committedBytes() <= heap.maxBytes();
  }

  private static boolean isPossible(HeapWork work) {
    return work.collections() >= 0 && work.collectionMillis() >= 0 && work.allocatedBytes() >= -1;
  }

  private static boolean isPossible(MessageWork work) {
    return work.encodeNanos() >= 0
        && work.writeNanos() >= 0
        && work.readNanos() >= 0
        && work.decodeNanos() >= 0
        && work.taskNanos() >= 0;
  }

  private static boolean isPossible(JvmReport jvm) {
    return jvm.maxHeapBytes() > 0
        && jvm.cpus() > 0
        && isPrintable(jvm.version())
        && isPrintable(jvm.collector());
  }

  /// Others print it.
  private static boolean isPrintable(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private synchronized Optional<ByteBuffer> ask(byte question, Duration patience) {
    ByteBuffer answer = ByteBuffer.allocateDirect(LifelineAnswers.BYTES);
    boolean interrupted = false;
    try {
      line.write(ByteBuffer.allocateDirect(1).put(0, question));
      unanswered++;
      long deadlineNanos = System.nanoTime() + patience.toNanos();
      while (unanswered > 0) {
        interrupted |= Thread.interrupted(); // With it, no select would wait.
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (leftMillis <= 0 || !readAnswer(answer, leftMillis)) {
          return Optional.empty();
        }
      }
      return Optional.of(answer.flip());
    } catch (IOException _) {
      return Optional.empty(); // The child is gone, or going: it has no heap to speak of.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits for bytes; an answer to an earlier, abandoned question is skipped. False if none come.
  private boolean readAnswer(ByteBuffer answer, long millis) throws IOException {
    line.await(Duplex.READABLE, millis);
    if (!answer.hasRemaining()) {
      answer.clear();
    }
    if (line.read(answer) < 0) {
      return false;
    }
    if (!answer.hasRemaining()) {
      unanswered--;
    }
    return true;
  }

  /// Lets the child go: unless it was told that it may outlive its parent, it ends.
  @Override
  public void close() throws IOException {
    line.close();
  }
}

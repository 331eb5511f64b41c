package dev.forklab.fork.cluster;

import dev.forklab.fork.process.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A listener whose connections the primary has accepted.
///
/// They wait here as descriptors until they are accepted here too; until then the primary keeps a
/// copy, to pass on if this worker ends.
final class PassedListener extends WorkerListener {

  private final Sockets sockets;
  private final JdkChannels.Connections connections;
  private final Consumer<Byte> primary;
  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by lock.
  private final Condition changed = lock.newCondition();
  private final Deque<OptionalInt> waiting = new ArrayDeque<>();
  private boolean draining;
  private boolean closed;

  /// @param primary told what became of each connection
  PassedListener(InetSocketAddress address, boolean ipv6, Consumer<Byte> primary)
      throws IOException {
    super(address);
    this.sockets = Sockets.ofThisPlatform();
    this.connections = JdkChannels.Connections.of(ipv6);
    this.primary = primary;
  }

  /// A connection was passed.
  ///
  /// @param descriptor empty if this process had none left for it
  void passed(OptionalInt descriptor) {
    lock.lock();
    try {
      if (closed) {
        descriptor.ifPresent(sockets::close);
      } else {
        waiting.add(descriptor);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// No more will be passed. What was is still accepted; then this is closed.
  void drain() throws IOException {
    boolean done;
    lock.lock();
    try {
      draining = true;
      done = waiting.isEmpty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (done) {
      close();
    }
  }

  @Override
  public SocketChannel accept() throws IOException {
    while (true) {
      OptionalInt next = next();
      if (next.isEmpty()) {
        close();
        throw new ClosedChannelException();
      }
      try {
        return connections.channel(next.getAsInt());
      } catch (java.net.SocketException _) {
        sockets.close(next.getAsInt()); // Its client is gone already.
      }
    }
  }

  /// Taken and told under one lock: the primary knows connections by their order. Empty at the end.
  private OptionalInt next() throws ClosedByInterruptException {
    lock.lock();
    try {
      while (true) {
        while (waiting.isEmpty() && !draining && !closed) {
          changed.await();
        }
        if (closed || waiting.isEmpty()) {
          return OptionalInt.empty();
        }
        OptionalInt next = waiting.remove();
        primary.accept(next.isPresent() ? ControlWord.TAKEN : ControlWord.MISSED);
        if (next.isPresent()) {
          return next;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void implCloseSelectableChannel() {
    lock.lock();
    try {
      closed = true;
      primary.accept(ControlWord.CLOSED);
      waiting.forEach(each -> each.ifPresent(sockets::close));
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

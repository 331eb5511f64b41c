package dev.forklab.fork.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A listening socket that all workers have inherited: each blocks in `accept`, and the kernel
/// wakes the one that has waited longest.
///
/// Closing it gives this process's descriptor back; the socket itself goes on for the others. What
/// the kernel has accepted by then is returned to who waits for it, and so is never lost.
///
/// A virtual thread's `accept` would make the socket one that does not block, for all workers at
/// once, since that is a property of the socket and not of the descriptor: it waits for a platform
/// thread's.
final class SharedListener extends WorkerListener {

  private static final String NO_DESCRIPTORS = "Too many open files";
  private static final long DESCRIPTOR_WAIT_MILLIS = 20;

  private final ServerSocketChannel listener;
  private final CountDownLatch closed = new CountDownLatch(1);

  SharedListener(ServerSocketChannel listener, InetSocketAddress address) throws IOException {
    super(address);
    this.listener = listener;
  }

  @Override
  public SocketChannel accept() throws IOException {
    try {
      return Thread.currentThread().isVirtual() ? acceptForVirtual() : acceptWhenAble();
    } catch (ClosedChannelException e) {
      close(); // An interrupt has closed the JDK's.
      throw e;
    }
  }

  /// While this process has no descriptor left, connections are for the other workers.
  private SocketChannel acceptWhenAble() throws IOException {
    while (true) {
      try {
        return listener.accept();
      } catch (IOException e) {
        String why = e.getMessage();
        if (why == null || !why.startsWith(NO_DESCRIPTORS)) {
          throw e;
        }
        awaitDescriptor(e);
      }
    }
  }

  private void awaitDescriptor(IOException why) throws IOException {
    try {
      var _ = closed.await(DESCRIPTOR_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw why;
    }
  }

  private SocketChannel acceptForVirtual() throws IOException {
    FutureTask<SocketChannel> accepted = new FutureTask<>(this::acceptWhenAble);
    Thread platform = Thread.ofPlatform().daemon().name("fork-cluster-accept").unstarted(accepted);
    platform.start();
    try {
      return accepted.get();
    } catch (ExecutionException e) {
      throw cause(e.getCause());
    } catch (InterruptedException e) {
      platform.interrupt(); // Closes the listener, as an interrupt of an accept does.
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted in accept");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private static IOException cause(@Nullable Throwable thrown) {
    if (thrown instanceof IOException known) {
      return known;
    }
    return new IOException("accept failed: " + thrown, thrown);
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    closed.countDown();
    listener.close();
  }
}

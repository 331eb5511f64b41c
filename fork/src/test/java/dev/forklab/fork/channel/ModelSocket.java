package dev.forklab.fork.channel;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A socket, its selector and its key in one model, on which everything happens at a known moment:
/// each call of the loop is one, and what was planned for it happens just before.
///
/// A select that would block is an [SleepsForEverException] if nothing is planned any more; else
/// time passes until something happens that ends it.
final class ModelSocket extends SocketChannel {

  /// Nothing would ever end this select.
  static final class SleepsForEverException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final TreeMap<Integer, List<Runnable>> plan = new TreeMap<>();
  private int moment = -1; // Nothing happens before the loop runs.
  private int frames;
  private boolean woken;
  private boolean holdsWakeups;

  ModelSocket() {
    super(new Provider());
    ((Provider) provider()).socket = this;
  }

  /// Before the loop's call of that number, counted from 0, `event` happens.
  void at(int call, Runnable event) {
    plan.computeIfAbsent(call, _ -> new ArrayList<>()).add(event);
  }

  /// So many empty frames have come.
  void arrive(int count) {
    frames += count;
  }

  /// Whether whoever wakes the selector is held up before he does.
  void holdWakeups(boolean held) {
    holdsWakeups = held;
  }

  /// A wake-up takes effect.
  void wake() {
    woken = true;
  }

  private void call() {
    moment++;
    List<Runnable> now = plan.remove(moment);
    if (now != null) {
      now.forEach(Runnable::run);
    }
  }

  @Override
  public int read(ByteBuffer into) {
    call();
    int at = into.position();
    for (; frames > 0; frames--) {
      FrameLayout.putHeader(into, Frame.bare(FrameKind.MESSAGE, 0));
    }
    return into.position() - at;
  }

  private final class Model extends AbstractSelector {
    private final Key key = new Key(this);
    private final Set<SelectionKey> selected = new HashSet<>();

    Model(SelectorProvider provider) {
      super(provider);
    }

    @Override
    public int selectNow() {
      call();
      return look();
    }

    private int look() {
      woken = false;
      if (frames > 0) {
        selected.add(key);
      }
      return selected.size();
    }

    @Override
    public int select() {
      call();
      while (frames == 0 && !woken) {
        if (plan.isEmpty()) {
          throw new SleepsForEverException();
        }
        moment = plan.firstKey() - 1;
        call();
      }
      return look();
    }

    @Override
    public int select(long timeout) {
      throw new UnsupportedOperationException("the loop has no time limit");
    }

    @Override
    public Selector wakeup() {
      woken |= !holdsWakeups;
      return this;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
      return selected;
    }

    @Override
    public Set<SelectionKey> keys() {
      return Set.of(key);
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object with) {
      return key;
    }

    @Override
    protected void implCloseSelector() {}
  }

  private final class Key extends AbstractSelectionKey {
    private final Selector selector;

    Key(Selector selector) {
      this.selector = selector;
    }

    @Override
    public SelectableChannel channel() {
      return ModelSocket.this;
    }

    @Override
    public Selector selector() {
      return selector;
    }

    @Override
    public int interestOps() {
      return OP_READ;
    }

    @Override
    public SelectionKey interestOps(int ops) {
      return this;
    }

    @Override
    public int readyOps() {
      return OP_READ;
    }
  }

  private static final class Provider extends SelectorProvider {
    private @Nullable ModelSocket socket;

    @Override
    public AbstractSelector openSelector() {
      return Objects.requireNonNull(socket).new Model(this);
    }

    @Override
    public DatagramChannel openDatagramChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Pipe openPipe() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel openSocketChannel() {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) {
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) {
    return name.type().cast(1 << 20); // The size of a buffer.
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  protected void implConfigureBlocking(boolean block) {}

  @Override
  protected void implCloseSelectableChannel() {}

  @Override
  public SocketChannel bind(SocketAddress local) {
    return this;
  }

  @Override
  public SocketChannel shutdownInput() {
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() {
    return this;
  }

  @Override
  public java.net.Socket socket() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isConnectionPending() {
    return false;
  }

  @Override
  public boolean connect(SocketAddress remote) {
    return true;
  }

  @Override
  public boolean finishConnect() {
    return true;
  }

  @Override
  public SocketAddress getRemoteAddress() throws IOException {
    throw new IOException("a model has no address");
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    throw new IOException("a model has no address");
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }
}

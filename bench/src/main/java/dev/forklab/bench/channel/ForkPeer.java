package dev.forklab.bench.channel;

import dev.forklab.fork.Parent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The child of [ForkDriver]: says hello, then sends back what it is sent, but for what it is told
/// to count or to measure.
///
/// `{"count": n}`: the next `n` messages are only counted, then `n` is sent. `{"length": true}`: of
/// the next message, a list, only the length is sent.
final class ForkPeer {

  private final Parent parent;
  private long total;
  private long left;
  private boolean lengthOnly;

  private ForkPeer(Parent parent) {
    this.parent = parent;
  }

  /// Started by [ForkDriver] only.
  public static void main(String[] args) {
    Parent parent = Parent.get();
    parent.onMessage(new ForkPeer(parent)::receive);
    parent.send("hello");
  }

  private void receive(@Nullable Object message) {
    if (left > 0) {
      if (--left == 0) {
        parent.send(total);
      }
    } else if (lengthOnly && message instanceof List<?> list) {
      lengthOnly = false;
      parent.send(list.size());
    } else if (message instanceof Map<?, ?> told) {
      if (told.get("count") instanceof Number count) {
        total = count.longValue();
        left = total;
      } else {
        lengthOnly = true;
      }
    } else {
      parent.send(message);
    }
  }
}

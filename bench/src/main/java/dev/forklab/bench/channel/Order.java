package dev.forklab.bench.channel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The order of a round's slices: every contestant twice, mirrored (ABCCBA), so that a machine that
/// slows down steadily slows all alike; and turned by one from round to round.
final class Order {

  private Order() {}

  static List<Contestant> mirrored(List<Contestant> contestants, int round) {
    List<Contestant> turned = new ArrayList<>(contestants);
    Collections.rotate(turned, round);
    List<Contestant> order = new ArrayList<>(turned);
    order.addAll(turned.reversed());
    return order;
  }
}

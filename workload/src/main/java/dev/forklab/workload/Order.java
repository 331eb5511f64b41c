package dev.forklab.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The document that [Documents] works on, as a tree of maps and lists:
///
/// ```
/// {"id", "revision", "customer": {"name", "city", "express", "note"},
///  "lines": [{"sku", "text", "quantity", "cents", "tags": […]} × 6], "total", "earlier"}
/// ```
///
/// All numbers are whole and small, so that no runtime rounds them. The order of members is part of
/// the text, and so of the reply.
final class Order {

  private static final int LINES = 6;
  private static final int DEAREST_CENTS = 9_900;
  private static final int MOST_PIECES = 9;

  private static final List<String> NAMES =
      List.of("Ada Lovelace", "Jürgen Moser", "Zoë \"Zed\" Ålund", "Grace Hopper");
  private static final List<String> CITIES = List.of("London", "Zürich", "Århus", "Arlington");
  private static final List<String> TEXTS =
      List.of(
          "bolt M8, zinc-plated",
          "washer\t8.4 mm, pack of 100",
          "3/8\" drive socket \\ wrench",
          "Gewindestange M8 × 1 m\n(verzinkt)");
  private static final List<String> TAGS = List.of("small", "metal", "sale", "heavy", "new");

  private Order() {}

  /// A first draft, chosen by the seed alone.
  static Map<String, @Nullable Object> draft(long seed) {
    Dice dice = new Dice(seed);
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    order.put("id", "O-" + dice.below(1_000_000));
    order.put("revision", 0L);
    Map<String, @Nullable Object> customer = new LinkedHashMap<>();
    customer.put("name", dice.oneOf(NAMES));
    customer.put("city", dice.oneOf(CITIES));
    customer.put("express", dice.below(2) == 1);
    customer.put("note", null);
    order.put("customer", customer);
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("sku", "S" + dice.below(1_000_000));
      line.put("text", dice.oneOf(TEXTS));
      line.put("quantity", 1 + dice.below(MOST_PIECES));
      line.put("cents", 100 + dice.below(DEAREST_CENTS));
      line.put("tags", List.of(dice.oneOf(TAGS), dice.oneOf(TAGS)));
      lines.add(line);
    }
    order.put("lines", lines);
    order.put("total", 0L);
    order.put("earlier", 0L);
    return order;
  }

  /// The next revision, a new tree.
  ///
  /// @param earlier the total that it quotes
  static Map<String, @Nullable Object> revised(Map<String, @Nullable Object> order, long earlier) {
    long revision = number(order, "revision") + 1;
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    for (Object line : elements(order, "lines")) {
      lines.add(revisedLine(members(line), revision));
    }
    lines.sort(Order::compareByPrice);
    long total = 0;
    for (Map<String, @Nullable Object> line : lines) {
      total += number(line, "quantity") * number(line, "cents");
    }
    Map<String, @Nullable Object> revised = new LinkedHashMap<>(order);
    revised.put("revision", revision);
    revised.put("lines", lines);
    revised.put("total", total);
    revised.put("earlier", earlier);
    return revised;
  }

  private static Map<String, @Nullable Object> revisedLine(
      Map<String, @Nullable Object> line, long revision) {
    long quantity = number(line, "quantity");
    long cents = number(line, "cents");
    String text = text(line, "text");
    Map<String, @Nullable Object> revised = new LinkedHashMap<>(line);
    revised.put("text", text.substring(1) + text.charAt(0));
    revised.put("quantity", 1 + (7 * quantity + cents + revision) % MOST_PIECES);
    revised.put("cents", 100 + (31 * cents + quantity + revision) % DEAREST_CENTS);
    revised.put("tags", new ArrayList<>(elements(line, "tags").reversed()));
    return revised;
  }

  private static int compareByPrice(
      Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    int byCents = Long.compare(number(one, "cents"), number(other, "cents"));
    return byCents != 0 ? byCents : text(one, "sku").compareTo(text(other, "sku"));
  }

  static long total(Map<String, @Nullable Object> order) {
    return number(order, "total");
  }

  @SuppressWarnings("unchecked") // a map read from JSON has strings as keys
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalStateException("expected an object, found " + value);
  }

  private static List<?> elements(Map<String, @Nullable Object> object, String name) {
    if (object.get(name) instanceof List<?> list) {
      return list;
    }
    throw missing(object, name, "a list");
  }

  private static long number(Map<String, @Nullable Object> object, String name) {
    if (object.get(name) instanceof Long number) {
      return number;
    }
    throw missing(object, name, "a whole number");
  }

  private static String text(Map<String, @Nullable Object> object, String name) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw missing(object, name, "a string");
  }

  private static IllegalStateException missing(
      Map<String, @Nullable Object> object, String name, String kind) {
    return new IllegalStateException(
        "expected " + kind + " as '" + name + "', found " + object.get(name));
  }

  /// SplitMix64 from a seed.
  private static final class Dice {
    private long state;

    Dice(long seed) {
      this.state = seed;
    }

    long below(int bound) {
      state += Fingerprint.GAMMA;
      return (Fingerprint.mix(state) >>> 33) % bound;
    }

    String oneOf(List<String> choices) {
      return choices.get((int) below(choices.size()));
    }
  }
}

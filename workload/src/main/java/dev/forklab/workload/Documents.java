package dev.forklab.workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A workload that allocates hard: an order travels as JSON, and is revised again and again. *One
/// heap or eight?*
///
/// The message seeds a document of about a kilobyte: an order with a customer and six lines. One
/// iteration **writes** it as JSON with Jackson, **parses** the text into maps, lists and strings,
/// and **transforms** that into a new document: quantities, prices and texts change, tags turn
/// round, lines are sorted, the order is summed up. The last 32 revisions are kept, and each one
/// quotes the total of the 32nd before it. The reply is the message masked ([Fingerprint#masked])
/// by the fingerprint of the last revision's text, in UTF-8: as long as the message, and every byte
/// of it proof of all revisions.
///
/// **Cost.** One iteration allocates about 15 KB, nearly all of it garbage at once, and takes some
/// microseconds; the kept revisions, about 100 KB, are what a young collection has to copy for each
/// running task. Nothing is kept between tasks. Every runtime with a JSON library can compute the
/// same bytes (tests do it with Node's and Python's).
///
/// Without state: safe for any number of threads, which share the heap and its collector alone.
public final class Documents implements Workload {

  /// The name that a [WorkloadSpec] uses.
  public static final String NAME = "documents";

  /// How many revisions stay reachable; the document quotes the oldest.
  private static final int KEPT_REVISIONS = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  /// For [java.util.ServiceLoader].
  public Documents() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte[] apply(byte[] message, int iterations) {
    Map<String, @Nullable Object> order = Order.draft(Fingerprint.of(message));
    Deque<Map<String, @Nullable Object>> kept = new ArrayDeque<>(KEPT_REVISIONS + 1);
    for (int i = 0; i < iterations; i++) {
      Object parsed = JSON.readValue(JSON.writeValueAsString(order), Object.class);
      long earlier = kept.size() == KEPT_REVISIONS ? Order.total(kept.removeFirst()) : 0;
      order = Order.revised(Order.members(parsed), earlier);
      kept.addLast(order);
    }
    return Fingerprint.masked(message, Fingerprint.of(JSON.writeValueAsBytes(order)));
  }
}

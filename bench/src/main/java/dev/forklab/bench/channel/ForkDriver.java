package dev.forklab.bench.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The JVM that forks with this library and measures its children: what `driver.cjs` is for Node.
///
/// Reads a [Request] a line from its standard input until that ends, and writes a [Reply] a line to
/// its standard output.
final class ForkDriver {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration SETTLED = Duration.ofMillis(300);

  private final Map<String, ForkLink> links = new HashMap<>();
  private final Map<String, Object> messages = new HashMap<>();
  private final Map<Integer, List<?>> documents = new HashMap<>();
  private final List<DriverChild> idle = new ArrayList<>();

  private ForkDriver() {}

  /// Started by [Driver] only.
  public static void main(String[] args) throws Exception {
    ForkLink.prepare();
    PlainJvm.prepare();
    ForkDriver driver = new ForkDriver();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Reply reply = driver.answer(JSON.readValue(line, Request.class));
        out.write((JSON.writeValueAsString(reply) + '\n').getBytes(UTF_8));
        out.flush();
      }
    }
    driver.releaseAll();
  }

  private Reply answer(Request request) {
    try {
      return perform(request);
    } catch (Exception e) {
      return new Reply(0, 0, null, e.toString());
    }
  }

  private Reply perform(Request request) throws Exception {
    Duration time = Duration.ofMillis(request.millis());
    return switch (request.act()) {
      case OPEN -> {
        links.put(request.mode(), ForkLink.open(request.mode()));
        yield Reply.DONE;
      }
      case RELEASE -> {
        releaseAll();
        yield Reply.DONE;
      }
      case START -> {
        DriverChild child = start(request.mode());
        child.release();
        yield Reply.timed(1, child.startNanos());
      }
      case ROUND_TRIP -> link(request).echo(message(request), 1, time);
      case ECHO -> link(request).echo(message(request), ForkLink.WINDOW, time);
      case ONE_WAY -> link(request).oneWay(message(request), time);
      case LARGE ->
          link(request).large(documents.computeIfAbsent(request.bytes(), ForkDriver::document));
      case IDLE -> idle(request);
    };
  }

  private static DriverChild start(String mode) throws Exception {
    return mode.equals(Contestant.PLAIN_JVM.mode()) ? PlainJvm.open() : ForkLink.open(mode);
  }

  private ForkLink link(Request request) throws IOException {
    ForkLink link = links.get(request.mode());
    if (link == null) {
      throw new IOException("expected an open child of " + request.mode() + ", found none");
    }
    return link;
  }

  /// Text in json, bytes in advanced: what each is made for.
  private Object message(Request request) {
    return messages.computeIfAbsent(
        request.mode() + request.bytes(),
        _ -> {
          String text = "x".repeat(request.bytes());
          return request.mode().equals("json") ? text : text.getBytes(US_ASCII);
        });
  }

  /// A list of records of 1000 bytes each, most of them text, as documents are: of many small
  /// objects, collecting them would be what is measured. `driver.cjs` makes the same.
  private static List<?> document(int bytes) {
    String text = "some words of the text that this item has; ".repeat(21);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < bytes / 1000; i++) {
      int id = 1_000_000 + i;
      items.add(
          Map.of(
              "id",
              id,
              "name",
              "the item of the number " + id,
              "text",
              text,
              "tags",
              List.of("red", "green", "blue"),
              "ok",
              i % 2 == 0));
    }
    return items;
  }

  private Reply idle(Request request) throws Exception {
    for (int i = 0; i < request.count(); i++) {
      idle.add(start(request.mode()));
    }
    Thread.sleep(SETTLED); // What is measured is a child that has done nothing for a while.
    return new Reply(idle.size(), 0, idle.stream().map(DriverChild::pid).toList(), null);
  }

  private void releaseAll() throws Exception {
    for (ForkLink link : links.values()) {
      link.release();
    }
    links.clear();
    for (DriverChild child : idle) {
      child.release();
    }
    idle.clear();
  }
}

package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium of this machine with one tab, driven over its DevTools protocol by the JDK's
/// own WebSocket: no driver, no library.
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Inbox inbox = new Inbox();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private String session = "";

  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(java.io.File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param scratch an empty directory for its profile and its log
  Chromium(Path executable, Path scratch) throws IOException {
    Path profile = scratch.resolve("profile");
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("log").toFile())
            .start();
    try {
      socket = connect(profile.resolve("DevToolsActivePort"));
      String target = targetOf(call("Target.getTargets", Map.of()));
      session =
          call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
              .path("sessionId")
              .asString();
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        call(domain + ".enable", Map.of());
      }
    } catch (RuntimeException | Error e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
  }

  private WebSocket connect(Path port) {
    await("Chromium listens").atMost(DEADLINE).until(() -> lines(port).size() == 2);
    URI address = URI.create("ws://127.0.0.1:" + String.join("", lines(port)));
    return http.newWebSocketBuilder().buildAsync(address, inbox).join();
  }

  /// The port, and the path on it; fewer lines while they are being written.
  private static List<String> lines(Path port) {
    try {
      return Files.readAllLines(port);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String targetOf(JsonNode targets) {
    for (JsonNode target : targets.path("targetInfos")) {
      if (target.path("type").asString().equals("page")) {
        return target.path("targetId").asString();
      }
    }
    throw new AssertionError("expected a tab, found " + targets);
  }

  /// One command of the protocol, and its result.
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = inbox.expect(id);
    Map<String, Object> message =
        session.isEmpty()
            ? Map.of("id", id, "method", method, "params", parameters)
            : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
    socket.sendText(JSON.writeValueAsString(message), true).join();
    JsonNode found = answer.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(found.path("error").isMissingNode()).as("%s: %s", method, found).isTrue();
    return found.path("result");
  }

  /// Opens a page, as a reader does who double-clicks the file.
  void open(Path page) {
    inbox.events.clear();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    await("the page is loaded")
        .atMost(DEADLINE)
        .until(() -> inbox.events.stream().anyMatch(it -> is(it, "Page.loadEventFired")));
  }

  private static boolean is(JsonNode event, String method) {
    return event.path("method").asString().equals(method);
  }

  /// What it wrote to its console, and what went wrong in its scripts.
  List<String> complaints() {
    return inbox.events.stream()
        .filter(it ->
            is(it, "Runtime.exceptionThrown")
                || is(it, "Runtime.consoleAPICalled")
                || is(it, "Log.entryAdded"))
        .map(JsonNode::toString)
        .toList();
  }

  /// All that it asked for, but for what it holds itself.
  List<String> requests() {
    return inbox.events.stream()
        .filter(it -> is(it, "Network.requestWillBeSent"))
        .map(it -> it.path("params").path("request").path("url").asString())
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  /// The value of an expression on the page; a promise is waited for.
  JsonNode evaluate(String expression) {
    JsonNode found =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    assertThat(found.path("exceptionDetails").isMissingNode())
        .as("%s: %s", expression, found)
        .isTrue();
    return found.path("result").path("value");
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /// @param medium `screen` or `print`
  /// @param scheme `light` or `dark`
  void media(String medium, String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void scripts(boolean run) {
    call("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  /// Moves the pointer to the middle of the first element that this selects.
  void point(String selector) {
    mouse("mouseMoved", middle(selector), 0);
  }

  void click(String selector) {
    double[] middle = middle(selector);
    mouse("mousePressed", middle, 1);
    mouse("mouseReleased", middle, 1);
  }

  private void mouse(String type, double[] at, int clicks) {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            at[0],
            "y",
            at[1],
            "button",
            clicks == 0 ? "none" : "left",
            "clickCount",
            clicks));
  }

  private double[] middle(String selector) {
    JsonNode box =
        evaluate(
            """
            (() => {
              const element = document.querySelector(%s);
              element.scrollIntoView({ block: 'center', behavior: 'instant' });
              const box = element.getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            })()
            """
                .formatted(JSON.writeValueAsString(selector)));
    return new double[] {box.get(0).asDouble(), box.get(1).asDouble()};
  }

  /// @param key as the protocol names it: `Tab`, `ArrowRight`
  void press(String key, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  byte[] pdf() {
    return Base64.getDecoder().decode(call("Page.printToPDF", Map.of()).path("data").asString());
  }

  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of()).path("data").asString());
  }

  @Override
  public void close() {
    try {
      session = "";
      call("Browser.close", Map.of());
      process.onExit().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      socket.abort();
      http.shutdownNow();
    }
  }

  /// What the browser says: answers by number, and events in order.
  private static final class Inbox implements WebSocket.Listener {

    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<CharSequence> parts = new ArrayList<>();

    CompletableFuture<JsonNode> expect(int id) {
      return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.add(data.toString());
      if (last) {
        JsonNode message = JSON.readTree(String.join("", parts));
        parts.clear();
        CompletableFuture<JsonNode> answer = awaited.remove(message.path("id").asInt(-1));
        if (answer != null) {
          answer.complete(message);
        } else {
          events.add(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      awaited.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}

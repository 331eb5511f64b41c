package dev.forklab.fork.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.data.RemoteThrowable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A throwable of another process as data: class, message, stack and causes. Nothing of it is ever
/// loaded as a class here.
///
/// On the wire, in either serialization: a count of links, then each link of the chain of causes as
/// its class, its message (or none) and its frames; texts are a length and UTF-8 bytes.
///
/// @param type the binary name of its class
/// @param message its message, or null
/// @param stack its frames, innermost first, at most [#MAX_FRAMES]
/// @param cause the next link, or null; at most [#MAX_LINKS] in all
public record Thrown(
    String type, @Nullable String message, List<StackTraceElement> stack, @Nullable Thrown cause) {

  static final int MAX_LINKS = 8;
  static final int MAX_FRAMES = 1024;
  static final int MAX_TEXT_BYTES = 64 << 10;

  /// Of a throwable without texts: a count of links, two lengths, a count of frames.
  private static final int LEAST_BYTES = 4 * Integer.BYTES;

  private static final int NO_TEXT = -1;

  public Thrown {
    stack = List.copyOf(stack);
  }

  /// What can be told of `thrown`: long chains, stacks and texts are cut.
  public static Thrown of(Throwable thrown) {
    return link(thrown, MAX_LINKS);
  }

  /// What a throwable says of itself is computed by code that may throw in its turn.
  private static Thrown link(Throwable thrown, int linksLeft) {
    Throwable cause = linksLeft == 1 ? null : causeOf(thrown);
    return new Thrown(
        thrown instanceof RemoteThrowable remote ? remote.type() : thrown.getClass().getName(),
        messageOf(thrown),
        stackOf(thrown),
        cause == null ? null : link(cause, linksLeft - 1));
  }

  private static @Nullable String messageOf(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable e) {
      return "(its getMessage threw " + e.getClass().getName() + ")";
    }
  }

  private static List<StackTraceElement> stackOf(Throwable thrown) {
    try {
      return Arrays.stream(thrown.getStackTrace()).limit(MAX_FRAMES).toList();
    } catch (Throwable _) {
      return List.of();
    }
  }

  private static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable _) {
      return null;
    }
  }

  /// A stand-in for the original, with its stack, to be printed or chained as a cause.
  public RemoteThrowable toThrowable() {
    return new RemoteThrowable(type, message, stack, cause == null ? null : cause.toThrowable());
  }

  /// Its bytes, at most this many: if need be, with less of the stacks, then without causes, then
  /// with less of the texts. No bound is less than [#LEAST_BYTES].
  public byte[] encode(int maxBytes) {
    byte[] bytes = encode();
    Thrown part = this;
    for (int frames = MAX_FRAMES / 2; bytes.length > maxBytes && frames > 0; frames /= 2) {
      part = part.withFrames(frames);
      bytes = part.encode();
    }
    if (bytes.length > maxBytes) {
      bytes = part.alone(Math.max(0, maxBytes - LEAST_BYTES)).encode();
    }
    return bytes;
  }

  private Thrown withFrames(int count) {
    return new Thrown(
        type,
        message,
        stack.subList(0, Math.min(count, stack.size())),
        cause == null ? null : cause.withFrames(count));
  }

  /// Its class and message, as much of them as the given number of bytes holds.
  private Thrown alone(int textBytes) {
    String shortType = cut(type, textBytes);
    int left = textBytes - shortType.getBytes(UTF_8).length;
    return new Thrown(shortType, message == null ? null : cut(message, left), List.of(), null);
  }

  /// The longest beginning of the text with at most the given number of bytes, no character cut in
  /// two.
  private static String cut(String text, int maxBytes) {
    if (text.getBytes(UTF_8).length <= maxBytes) {
      return text;
    }
    CharBuffer chars = CharBuffer.wrap(text);
    UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(chars, ByteBuffer.allocate(maxBytes), true);
    return text.substring(0, chars.position());
  }

  /// Its bytes.
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      List<Thrown> links = new ArrayList<>();
      for (Thrown link = this; link != null; link = link.cause) {
        links.add(link);
      }
      out.writeInt(links.size());
      for (Thrown link : links) {
        link.writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to an array does not fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeTo(DataOutputStream out) throws IOException {
    writeText(out, type);
    writeText(out, message);
    out.writeInt(stack.size());
    for (StackTraceElement frame : stack) {
      writeText(out, frame.getModuleName());
      writeText(out, frame.getClassName());
      writeText(out, frame.getMethodName());
      writeText(out, frame.getFileName());
      out.writeInt(frame.getLineNumber());
    }
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(NO_TEXT);
      return;
    }
    byte[] bytes = cut(text, MAX_TEXT_BYTES).getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// The throwable in `body`.
  ///
  /// @throws CodecException if `body` is not what [#encode] writes
  public static Thrown decode(byte[] body) throws CodecException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      int links = count(in, MAX_LINKS);
      if (links < 1) {
        throw new CodecException("expected a throwable, found none");
      }
      Thrown thrown = readLink(in, links);
      if (in.available() > 0) {
        throw new CodecException("expected the end, found " + in.available() + " more bytes");
      }
      return thrown;
    } catch (CodecException e) {
      throw e;
    } catch (IOException e) {
      throw new CodecException("expected a throwable, found half of one", e);
    }
  }

  private static Thrown readLink(DataInputStream in, int linksLeft) throws IOException {
    String type = readName(in);
    String message = readText(in);
    int frames = count(in, MAX_FRAMES);
    List<StackTraceElement> stack = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      String module = readText(in);
      stack.add(
          new StackTraceElement(
              null, module, null, readName(in), readName(in), readText(in), in.readInt()));
    }
    return new Thrown(type, message, stack, linksLeft == 1 ? null : readLink(in, linksLeft - 1));
  }

  private static int count(DataInputStream in, int bound) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > bound) {
      throw new CodecException("expected a count of 0 to " + bound + ", found " + count);
    }
    return count;
  }

  private static String readName(DataInputStream in) throws IOException {
    String name = readText(in);
    if (name == null) {
      throw new CodecException("expected a name, found none");
    }
    return name;
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == NO_TEXT) {
      return null;
    }
    if (length < 0 || length > Math.min(MAX_TEXT_BYTES, in.available())) {
      throw new CodecException("expected a text that fits, found a length of " + length);
    }
    return new String(in.readNBytes(length), UTF_8);
  }
}

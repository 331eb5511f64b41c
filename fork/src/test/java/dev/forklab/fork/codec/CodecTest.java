package dev.forklab.fork.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.forklab.fork.data.Serialization;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

  private static final int ROUNDS = 2_000;

  private static @Nullable Object value(SplittableRandom random, int depth, boolean advanced) {
    int kinds = advanced ? 12 : 8;
    return switch (random.nextInt(depth == 0 ? 5 : kinds)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextDouble();
      case 4 -> text(random);
      case 5, 6 -> list(random, depth, advanced);
      case 7 -> map(random, depth, advanced);
      case 8 -> new BigInteger(random.nextInt(200), new java.util.Random(random.nextLong()));
      case 9 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40));
      case 10 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      default -> new LinkedHashSet<>(Set.of(random.nextInt(), text(random)));
    };
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(
          random.nextBoolean() ? random.nextInt(0x80) : 0x1F600 + random.nextInt(60));
    }
    return text.toString();
  }

  private static List<@Nullable Object> list(SplittableRandom random, int depth, boolean advanced) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(random, depth - 1, advanced));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(
      SplittableRandom random, int depth, boolean advanced) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(text(random), value(random, depth - 1, advanced));
    }
    return map;
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void whatIsWrittenIsReadBackEqual(Serialization serialization) throws Exception {
    MessageCodec codec = MessageCodec.of(serialization);
    for (long seed = 0; seed < ROUNDS; seed++) {
      Object message =
          value(new SplittableRandom(seed), 4, serialization == Serialization.ADVANCED);
      assertThat(codec.decode(codec.encode(message))).as("seed %d", seed).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void anyBytesEndInAMessageOrInOneNamedError(Serialization serialization) {
    MessageCodec codec = MessageCodec.of(serialization);
    for (long seed = 0; seed < 10 * ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = codec.encode(value(random, 4, serialization == Serialization.ADVANCED));
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        codec.decode(bytes);
      } catch (CodecException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("expected");
      }
    }
  }

  @Test
  void aHostileCountIsRefusedBeforeAnythingIsMadeForIt() {
    byte[] bytes = {AdvancedFormat.BYTES, 0x7f, -1, -1, -1, 1};
    assertThatThrownBy(() -> MessageCodec.of(Serialization.ADVANCED).decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("2147483647");
  }

  @Test
  void aSetThatHoldsItselfIsRefused() {
    byte[] bytes = {
      AdvancedFormat.SET,
      0,
      0,
      0,
      2,
      AdvancedFormat.REFERENCE,
      0,
      0,
      0,
      0,
      AdvancedFormat.REFERENCE,
      0,
      0,
      0,
      0
    };
    assertThatThrownBy(() -> MessageCodec.of(Serialization.ADVANCED).decode(bytes))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aSetWhoseHashWouldTakeYearsIsRefusedAtOnce() {
    int doublings = 60; // So many that its hash would take years.
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    bytes.put(AdvancedFormat.LIST).putInt(doublings + 2);
    bytes.put(AdvancedFormat.LIST).putInt(0);
    for (int i = 1; i <= doublings; i++) {
      bytes.put(AdvancedFormat.LIST).putInt(2);
      bytes.put(AdvancedFormat.REFERENCE).putInt(i);
      bytes.put(AdvancedFormat.REFERENCE).putInt(i);
    }
    bytes.put(AdvancedFormat.SET).putInt(1);
    bytes.put(AdvancedFormat.REFERENCE).putInt(doublings + 1);
    byte[] hostile = Arrays.copyOf(bytes.array(), bytes.position());
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> MessageCodec.of(Serialization.ADVANCED).decode(hostile))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("without references"));
  }

  @Test
  void whatIsSharedArrivesEqualAlsoWithinSetsAndKeys() throws Exception {
    MessageCodec codec = MessageCodec.of(Serialization.ADVANCED);
    List<Integer> shared = List.of(1, 2);
    Set<Object> set = Set.of(shared, List.of(shared, shared));
    List<Object> message = List.of(shared, set, Map.of(shared, shared, set, set), set);
    List<?> back = (List<?>) requireNonNull(codec.decode(codec.encode(message)));
    assertThat(back).isEqualTo(message);
    assertThat(back.get(3)).isSameAs(back.get(1));
  }

  @Test
  void jsonNeverNamesAClassToBeMade() throws Exception {
    byte[] gadget = "{\"@class\":\"java.net.URL\",\"x\":[\"java.lang.Thread\",{}]}".getBytes(UTF_8);
    Object plain = MessageCodec.of(Serialization.JSON).decode(gadget, Object.class, false);
    assertThat(plain).isInstanceOf(Map.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 24575, 24576, 24577, 49151, 49152, 49153, 1 << 20})
  void messagesOfAnyLengthAreBase64(int length) throws Exception {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    ValueCodec codec = ValueCodec.of(byte[].class, Serialization.JSON);
    byte[] body = codec.encode(message);
    assertThat(body).asString().isEqualTo('"' + Base64.getEncoder().encodeToString(message) + '"');
    assertThat(codec.decode(body)).isEqualTo(message);
  }

  @Test
  void base64WithoutPaddingIsReadAndPaddingWithinItIsLeftToTheParser() throws Exception {
    ValueCodec codec = ValueCodec.of(byte[].class, Serialization.JSON);
    byte[] message = new byte[100_000];
    String text = Base64.getEncoder().withoutPadding().encodeToString(message);
    assertThat(codec.decode(('"' + text + '"').getBytes(UTF_8))).isEqualTo(message);
    char[] broken = Base64.getEncoder().encodeToString(message).toCharArray();
    broken[(32 << 10) - 1] = '='; // Where a part that is read at once may end.
    String own = '"' + new String(broken) + '"';
    assertThat(codec.decode(own.getBytes(UTF_8)))
        .as("as any other spelling, by the parser")
        .isEqualTo(codec.decode((" " + own).getBytes(UTF_8)));
  }

  @Test
  void bytesInAnyJsonSpellingAreRead() throws Exception {
    ValueCodec codec = ValueCodec.of(byte[].class, Serialization.JSON);
    assertThat(codec.encode("hi".getBytes(UTF_8))).asString(UTF_8).isEqualTo("\"aGk=\"");
    assertThat(codec.decode(" \"aG\\u006b=\" ".getBytes(UTF_8))).isEqualTo("hi".getBytes(UTF_8));
    assertThatThrownBy(() -> codec.decode("{\"message\":\"\"}".getBytes(UTF_8)))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> codec.decode("\"%%\"".getBytes(UTF_8)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aThrowableOfAnySizeIsCutToABound() throws Exception {
    Throwable large =
        new IllegalStateException("\u20ac".repeat(50_000), new java.io.IOException("why"));
    for (int bound : List.of(16, 17, 50, 80, 81, 82, 83, 1_000, 10_000, 100_000)) {
      byte[] bytes = Thrown.of(large).encode(bound);
      assertThat(bytes).hasSizeLessThanOrEqualTo(bound);
      Thrown back = Thrown.decode(bytes);
      assertThat(large.getClass().getName()).startsWith(back.type());
      assertThat(large).message().startsWith(String.valueOf(back.message()));
    }
    Throwable brief = new IllegalStateException("brief", new java.io.IOException("why"));
    Thrown back = Thrown.decode(Thrown.of(brief).encode(1_000));
    assertThat(back.message()).isEqualTo("brief");
    assertThat(back.stack()).isNotEmpty();
    assertThat(back.toThrowable()).hasRootCauseMessage("why");
  }

  @Test
  void aThrowableThatThrowsWhenAskedIsToldAllTheSame() {
    Throwable hostile =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new StackOverflowError();
          }

          @Override
          public synchronized Throwable getCause() {
            throw new AssertionError();
          }

          @Override
          public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
          }
        };
    assertThat(Thrown.of(hostile).message()).contains("StackOverflowError");
  }

  @Test
  void aThrowableComesBackWithItsCausesAndGarbageDoesNot() throws Exception {
    Throwable thrown = new IllegalStateException("outer", new java.io.IOException((String) null));
    Thrown back = Thrown.decode(Thrown.of(thrown).encode());
    assertThat(back.type()).isEqualTo(IllegalStateException.class.getName());
    assertThat(back.message()).isEqualTo("outer");
    assertThat(back.toThrowable()).hasRootCauseMessage(null);
    SplittableRandom random = new SplittableRandom(3);
    byte[] bytes = Thrown.of(thrown).encode();
    for (int i = 0; i < ROUNDS; i++) {
      byte[] broken = bytes.clone();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      try {
        Thrown.decode(broken);
      } catch (CodecException e) {
        assertThat(e).hasMessageContaining("expected");
      }
    }
  }

  /// Sets and maps whose keys have one hash and no order among themselves.
  private static List<Object> collisions() {
    Set<Object> lists = new LinkedHashSet<>();
    Map<Object, Object> keys = new LinkedHashMap<>();
    Set<Object> mixed = new LinkedHashSet<>();
    for (int i = 0; i < COLLISIONS; i++) {
      keys.put(List.of(i, -31 * i), i);
      lists.add(List.of(i, -31 * i));
      long high = (long) i << 32;
      mixed.add(high | i);
      mixed.add(Double.longBitsToDouble(high | i));
    }
    return List.of(lists, keys, mixed);
  }

  private static final int COLLISIONS = 1_000;

  @Test
  void keysThatCannotBeToldApartInTimeAreRefusedByBothEnds() {
    MessageCodec codec = MessageCodec.of(Serialization.ADVANCED);
    for (Object colliding : collisions()) {
      assertThatThrownBy(() -> codec.encode(colliding))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("that differ in their hashes");
      AdvancedWriter writer = new AdvancedWriter();
      writer.write(colliding);
      byte[] body = writer.toByteArray();
      assertThatThrownBy(() -> codec.decode(body))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("that differ in their hashes");
    }
  }

  @Test
  void aSquareOfPointsArrivesThoughManyOfThemHaveOneHash() throws Exception {
    Set<Object> points = new LinkedHashSet<>();
    for (int x = 0; x < 150; x++) {
      for (int y = 0; y < 150; y++) {
        points.add(List.of(x, y));
      }
    }
    MessageCodec codec = MessageCodec.of(Serialization.ADVANCED);
    assertThat(codec.decode(codec.encode(points))).isEqualTo(points);
  }
}

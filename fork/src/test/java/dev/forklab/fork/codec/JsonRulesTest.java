package dev.forklab.fork.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.data.Serialization;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plain values and bound types are held to one set of rules.
class JsonRulesTest {

  private static final MessageCodec JSON = MessageCodec.of(Serialization.JSON);

  /// That there is one beside it leaves the whole message to data binding.
  record Bean(int x) {}

  record Holder(@Nullable Object value) {}

  record Numbers(double d, float f) {}

  record Nothing() {}

  enum Color {
    RED
  }

  static final class OnlyPrivate {
    @SuppressWarnings("unused") // It is what is not sent.
    private final int secret = 3;
  }

  private static String plain(@Nullable Object value) {
    return new String(JSON.encode(List.of(mapOf("v", value))), UTF_8);
  }

  private static String bound(@Nullable Object value) {
    String both = new String(JSON.encode(List.of(mapOf("v", value), new Bean(1))), UTF_8);
    assertThat(both).endsWith(",{\"x\":1}]");
    return both.replace(",{\"x\":1}]", "]");
  }

  private static Map<@Nullable Object, @Nullable Object> mapOf(
      @Nullable Object key, @Nullable Object value) {
    Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
    map.put(key, value);
    return map;
  }

  @SuppressWarnings("JavaUtilDate") // Users send what they have.
  static List<Object> values() {
    return List.of(
        Double.NaN,
        Float.NEGATIVE_INFINITY,
        0.1f,
        0.1,
        1e300,
        (short) 7,
        new double[] {1, Double.NaN},
        new float[] {0.1f, Float.NaN},
        BigInteger.TEN.pow(999),
        new BigDecimal("1E+400000"),
        "a\ud800b",
        new StringBuilder("te").insert(2, "xt"),
        Color.RED,
        mapOf(null, 1),
        mapOf(0.1f, 1),
        mapOf(Color.RED, 1),
        mapOf(new Date(0), 1),
        new byte[] {1, 2, 3});
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsBesideAValueDoesNotChangeHowItIsWritten(Object value) throws Exception {
    assertThat(plain(value)).isEqualTo(bound(value));
    assertThat(JSON.decode(JSON.encode(mapOf("v", value)))).isInstanceOf(Map.class);
  }

  @Test
  void numbersAreWrittenAsJavaScriptDoesAndFloatsAsTheyAreRead() {
    assertThat(plain(Double.NaN)).isEqualTo("[{\"v\":null}]");
    assertThat(plain(0.1f)).isEqualTo("[{\"v\":0.1}]");
    assertThat(bound(new double[] {1, Double.NaN})).isEqualTo("[{\"v\":[1.0,null]}]");
  }

  @Test
  void aNumberThatIsNotFiniteIsNanWhereNothingCanBeNull() throws Exception {
    Numbers back =
        (Numbers)
            JSON.decode(JSON.encode(new Numbers(Double.NaN, Float.NaN)), Numbers.class, false);
    assertThat(back).isEqualTo(new Numbers(Double.NaN, Float.NaN));
    assertThat(JSON.decode("{}".getBytes(UTF_8), Numbers.class, false))
        .isEqualTo(new Numbers(0, 0));
  }

  static List<Object> refused() {
    return List.of(
        mapOf("k".repeat(50_001), 1),
        mapOf("\u20ac".repeat(16_667), 1),
        mapOf("a\ud800b", 1),
        BigInteger.TEN.pow(1_000),
        BigInteger.TEN.pow(1_000).negate(),
        new BigDecimal("0." + "1".repeat(1_000)),
        new OnlyPrivate(),
        new Holder((Runnable) () -> {}),
        new Holder(Thread.currentThread()),
        new Holder(Color.class),
        new Holder(new OnlyPrivate()));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatTheReaderWouldNotTakeIsRefusedByTheWriter(Object value) {
    assertThatThrownBy(() -> plain(value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bound(value)).isInstanceOf(IllegalArgumentException.class);
  }

  static List<Object> longest() {
    Object nested = 1;
    for (int i = 1; i < JsonRules.MAX_NESTING; i++) { // One more is around it.
      nested = List.of(nested);
    }
    return List.of(
        mapOf("k".repeat(50_000), 1),
        mapOf("\u20ac".repeat(16_666), 1),
        BigInteger.TEN.pow(998).negate(),
        new BigDecimal("0." + "1".repeat(998)),
        nested,
        new Nothing());
  }

  @ParameterizedTest
  @MethodSource("longest")
  void theLongestThatTheWriterTakesIsReadPlainAndBound(Object value) throws Exception {
    byte[] json = JSON.encode(new Object[] {value});
    assertThat(JSON.decode(json)).isEqualTo(JSON.decode(json, List.class, false));
    assertThat(JSON.decode(JSON.encode(new Holder(value)), Holder.class, false)).isNotNull();
  }
}

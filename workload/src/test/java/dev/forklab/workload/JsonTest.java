package dev.forklab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader and the writer behind the workload `documents`.
class JsonTest {

  @Test
  void readsEveryKindOfValue() {
    assertThat(
            JsonReader.read(
                """
                 { "a" : [ 1 , -2.5e1 , true , false , null , "x" ] , "b" : { } , "c" : [ ] }
                """))
        .isEqualTo(
            Map.of(
                "a", Arrays.asList(1L, -25.0, true, false, null, "x"),
                "b", Map.of(),
                "c", List.of()));
  }

  @Test
  void readsEveryEscape() {
    assertThat(JsonReader.read("\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9\\uD83D\\uDE00\""))
        .isEqualTo("\" \\ / \b\f\n\r\t \u00e9\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "12", "-12", "999999999999999999", "-999999999999999999", "7e2", "0.5"})
  void readsNumbers(String text) {
    Object number = JsonReader.read(text);
    assertThat(((Number) java.util.Objects.requireNonNull(number)).doubleValue())
        .isEqualTo(Double.parseDouble(text) + 0.0);
  }

  @Test
  void wholeNumbersTooLargeForALongBecomeDoubles() {
    assertThat(JsonReader.read("12345678901234567890")).isEqualTo(1.2345678901234567E19);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "\"",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "[1 2]",
        "01",
        "+1",
        "-",
        "1.",
        ".5",
        "1e",
        "nul",
        "truex",
        "'a'",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "1 2",
        "\u0000",
        "\"\u0000\"",
        "[\u0000]",
        "\"\\"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected JSON");
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("levels");
  }

  @Test
  void writesWhatItReads() {
    String text =
        "{\"a\":[1,-2.5,true,false,null,\"\\\" \\\\ / \\b\\f\\n\\r\\t\\u0001 \u00e9\"],\"b\":{}}";
    assertThat(JsonWriter.write(JsonReader.read(text))).isEqualTo(text);
  }

  @Test
  void refusesToWriteWhatJsonCannotHold() {
    assertThatThrownBy(() -> JsonWriter.write(Double.NaN)).hasMessageContaining("found NaN");
  }
}

package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.data.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFramesTest {

  private final MessageFrames json = new MessageFrames(MessageCodec.of(Serialization.JSON));
  private final MessageFrames advanced = new MessageFrames(MessageCodec.of(Serialization.ADVANCED));

  private MessageFrames of(Serialization serialization) {
    return serialization == Serialization.JSON ? json : advanced;
  }

  @ParameterizedTest
  @EnumSource
  void latinTextIsItsOwnBody(Serialization serialization) throws Exception {
    Frame frame = of(serialization).encode("say \"hé?\"\n");
    assertThat(frame.kind()).isEqualTo(FrameKind.TEXT);
    assertThat(frame.body()).isEqualTo("say \"hé?\"\n".getBytes(ISO_8859_1));
    assertThat(of(serialization).decode(frame)).isEqualTo("say \"hé?\"\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyTextArrivesAsItWas(Serialization serialization) throws Exception {
    MessageFrames messages = of(serialization);
    for (String text :
        List.of(
            "", "?", "é", "é?", "日本", "\uD83D\uDE00", "\u0000", "\u007f", "half \uD83D of one?")) {
      assertThat(messages.decode(messages.encode(text))).isEqualTo(text);
      assertThat(messages.decode(messages.encode(text), String.class, false)).isEqualTo(text);
      assertThat(messages.decode(messages.encode(List.of(text)))).isEqualTo(List.of(text));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4099, 12_288, 12_295})
  void oneForeignCharacterAnywhereInALongTextIsSeen(int length) throws Exception {
    for (int at : new int[] {0, length / 2, length - 1}) {
      StringBuilder text = new StringBuilder("x".repeat(length));
      text.setCharAt(at, '\u0100');
      String foreign = text.toString();
      assertThat(json.encode(foreign).kind()).isEqualTo(FrameKind.MESSAGE);
      assertThat(json.decode(json.encode(foreign))).isEqualTo(foreign);
      text.setCharAt(at, '?');
      assertThat(json.encode(text.toString()).kind()).isEqualTo(FrameKind.TEXT);
      assertThat(json.decode(json.encode(text.toString()))).isEqualTo(text.toString());
    }
  }

  @Test
  void bytesAreTheirOwnBodyWhereTheSerializationKeepsThem() throws Exception {
    byte[] bytes = {1, 0, -1};
    Frame frame = advanced.encode(bytes);
    bytes[0] = 9; // Sent is what it was.
    assertThat(frame.kind()).isEqualTo(FrameKind.BYTES);
    assertThat(advanced.decode(frame)).isEqualTo(new byte[] {1, 0, -1});
    assertThat(advanced.decode(frame, byte[].class, false)).isEqualTo(new byte[] {1, 0, -1});
    assertThat(json.decode(json.encode(new byte[] {1, 0, -1}))).isEqualTo("AQD/");
  }

  private enum Colour {
    RED
  }

  @Test
  void latinTextIsBoundLikeAnyMessage() throws Exception {
    assertThat(json.decode(json.encode("RED"), Colour.class, false)).isEqualTo(Colour.RED);
    assertThat(json.decode(json.encode("AQD/"), byte[].class, false))
        .isEqualTo(new byte[] {1, 0, -1});
    assertThatThrownBy(() -> json.decode(json.encode("BLUE"), Colour.class, false))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Colour");
  }

  @ParameterizedTest
  @EnumSource
  void onlyAMapWithACommandOfNodesOwnIsInternal(Serialization serialization) throws Exception {
    MessageFrames messages = of(serialization);
    assertThat(messages.isInternal(messages.encode(Map.of("cmd", "NODE_HANDLE")))).isTrue();
    assertThat(messages.isInternal(messages.encode(Map.of("cmd", "NODE_")))).isFalse();
    assertThat(messages.isInternal(messages.encode(Map.of("other", "NODE_HANDLE")))).isFalse();
    assertThat(messages.isInternal(messages.encode("{\"cmd\":\"NODE_HANDLE\"}"))).isFalse();
    Frame spaced = new Frame(FrameKind.MESSAGE, 0, " {\"cmd\":\"NODE_X\"}".getBytes(UTF_8));
    assertThat(json.isInternal(spaced)).isTrue();
  }
}

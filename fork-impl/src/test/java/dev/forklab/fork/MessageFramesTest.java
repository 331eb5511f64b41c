package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.codec.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageFramesTest {

  private final Messages json = new Messages(MessageCodec.of(Serialization.JSON));
  private final Messages advanced = new Messages(MessageCodec.of(Serialization.ADVANCED));

  private Messages of(Serialization serialization) {
    return serialization == Serialization.JSON ? json : advanced;
  }

  @ParameterizedTest
  @EnumSource
  void plainTextIsItsOwnBody(Serialization serialization) throws Exception {
    Frame frame = of(serialization).encode("say \"hi\"\n");
    assertThat(frame.kind()).isEqualTo(FrameKind.TEXT);
    assertThat(frame.body()).isEqualTo("say \"hi\"\n".getBytes(UTF_8));
    assertThat(of(serialization).decode(frame)).isEqualTo("say \"hi\"\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyTextArrivesAsItWas(Serialization serialization) throws Exception {
    Messages messages = of(serialization);
    for (String text :
        List.of(
            "", "?", "é", "é?", "日本", "\uD83D\uDE00", "\u0000", "\u007f", "half \uD83D of one?")) {
      assertThat(messages.decode(messages.encode(text))).isEqualTo(text);
      assertThat(messages.decode(messages.encode(text), String.class)).isEqualTo(text);
      assertThat(messages.decode(messages.encode(List.of(text)))).isEqualTo(List.of(text));
    }
  }

  @Test
  void bytesAreTheirOwnBodyWhereTheSerializationKeepsThem() throws Exception {
    byte[] bytes = {1, 0, -1};
    Frame frame = advanced.encode(bytes);
    bytes[0] = 9; // Sent is what it was.
    assertThat(frame.kind()).isEqualTo(FrameKind.BYTES);
    assertThat(advanced.decode(frame)).isEqualTo(new byte[] {1, 0, -1});
    assertThat(advanced.decode(frame, byte[].class)).isEqualTo(new byte[] {1, 0, -1});
    assertThat(json.decode(json.encode(new byte[] {1, 0, -1}))).isEqualTo("AQD/");
  }

  private enum Colour {
    RED
  }

  @Test
  void plainTextIsBoundLikeAnyMessage() throws Exception {
    assertThat(json.decode(json.encode("RED"), Colour.class)).isEqualTo(Colour.RED);
    assertThat(json.decode(json.encode("AQD/"), byte[].class)).isEqualTo(new byte[] {1, 0, -1});
    assertThatThrownBy(() -> json.decode(json.encode("BLUE"), Colour.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Colour");
  }

  @ParameterizedTest
  @EnumSource
  void onlyAMapWithACommandOfNodesOwnIsInternal(Serialization serialization) throws Exception {
    Messages messages = of(serialization);
    assertThat(messages.isInternal(messages.encode(Map.of("cmd", "NODE_HANDLE")))).isTrue();
    assertThat(messages.isInternal(messages.encode(Map.of("cmd", "NODE_")))).isFalse();
    assertThat(messages.isInternal(messages.encode(Map.of("other", "NODE_HANDLE")))).isFalse();
    assertThat(messages.isInternal(messages.encode("{\"cmd\":\"NODE_HANDLE\"}"))).isFalse();
    Frame spaced = new Frame(FrameKind.MESSAGE, 0, " {\"cmd\":\"NODE_X\"}".getBytes(UTF_8));
    assertThat(json.isInternal(spaced)).isTrue();
  }
}

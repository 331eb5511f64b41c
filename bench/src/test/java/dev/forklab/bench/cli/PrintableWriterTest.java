package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableWriterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J", // clears the screen
        "\r\u001b[2K\u001b[1A", // what the lab draws with
        "\u001b]0;title\u0007", // names the window
        "\u009b31m", // colors, in one character
        "over\rwritten",
        "\u202egnp.exe", // runs from right to left
        "\u0000"
      })
  void whatCommandsATerminalIsShownAsQuestionMarks(String text) {
    assertThat(PrintableWriter.printable(text))
        .contains("?")
        .doesNotContain("\u001b", "\u009b", "\r", "\u202e", "\u0000", "\u0007")
        .hasSameSizeAs(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines\tand ± 1 µs ü 字", "a line\r\n"})
  void textPasses(String text) {
    assertThat(PrintableWriter.printable(text)).isEqualTo(text);
  }

  @Test
  void everyPrinterOfTheLabShowsTextOnly() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintWriter printer = Terminals.printer(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    printer.printf("model %s%n", "\u001b[31mfork");
    new MovingLines(printer).draw(List.of("a \u001b[1A bar"));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("model ?[31mfork" + System.lineSeparator() + "\u001b[?7la ?[1A bar\u001b[?7h");
  }
}

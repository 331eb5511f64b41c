package dev.forklab.bench.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/// Writes something else in place of the text that it is given. What belongs together must be
/// written in one call.
abstract class RewritingWriter extends FilterWriter {

  RewritingWriter(Writer out) {
    super(out);
  }

  /// What is written in its place.
  abstract String rewritten(String text);

  @Override
  public final void write(int character) throws IOException {
    write(String.valueOf((char) character));
  }

  @Override
  public final void write(char[] characters, int offset, int length) throws IOException {
    write(new String(characters, offset, length));
  }

  @Override
  public final void write(String text, int offset, int length) throws IOException {
    out.write(rewritten(text.substring(offset, offset + length)));
  }
}

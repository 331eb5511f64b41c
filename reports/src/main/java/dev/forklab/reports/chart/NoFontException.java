package dev.forklab.reports.chart;

/// This machine has no font that Java can draw text with, so no PNG can be drawn; the message is
/// one sentence that says what to install.
public final class NoFontException extends Exception {

  private static final long serialVersionUID = 1L;

  NoFontException(Throwable cause) {
    super(
        "no PNG charts: Java found no font on this machine ("
            + cause.getMessage()
            + "); install fontconfig and any font, for example"
            + " 'apt-get install fontconfig fonts-dejavu-core', and run lab report again",
        cause);
  }
}

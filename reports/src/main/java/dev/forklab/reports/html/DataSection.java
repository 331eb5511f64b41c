package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import dev.forklab.reports.analysis.Analysis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// The numbers of a run to take away, in the page itself.
final class DataSection {

  /// A larger file is compressed, so that the page stays one that can be sent by mail.
  private static final int MOST_PLAIN = 300_000;

  private DataSection() {}

  static Section of(Analysis analysis, String runId) {
    return new Section(
        "data",
        "Data",
        List.of(
            element(
                "p",
                "Every number of this page, one row for each cell, model and metric; the files are"
                    + " in the page itself:"),
            element(
                "ul",
                element("li", link("results.csv", "text/csv", Csv.of(analysis))),
                element(
                    "li",
                    link("results.json", "application/json", ResultsJson.of(analysis, runId))))));
  }

  private static Html link(String name, String type, String content) {
    byte[] plain = content.getBytes(StandardCharsets.UTF_8);
    boolean compressed = plain.length > MOST_PLAIN;
    String file = compressed ? name + ".gz" : name;
    String data =
        "data:"
            + (compressed ? "application/gzip" : type)
            + ";base64,"
            + Base64.getEncoder().encodeToString(compressed ? compressed(plain) : plain);
    return element("a", file).with("download", file).with("href", data);
  }

  private static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

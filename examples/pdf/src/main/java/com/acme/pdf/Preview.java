package com.acme.pdf;

import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
import dev.forklab.fork.pool.WorkerContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// A PDF file in, a picture of its first page out, as PNG. Nothing in it guards against bad files:
/// it is what one writes for files that one trusts.
public final class Preview implements Task<byte[], byte[]> {

  private static final int DPI = 50;
  private static final Logger PDFBOX = Logger.getLogger("org.apache.pdfbox");

  /// Draws one file, so that no request pays for what the first one loads.
  @Override
  public void start(WorkerContext worker) throws IOException {
    getReady();
  }

  static void getReady() throws IOException {
    PDFBOX.setLevel(Level.OFF);
    of(Invoice.of(0));
  }

  @Override
  public byte[] run(byte[] pdf, TaskContext context) throws IOException {
    return of(pdf);
  }

  static byte[] of(byte[] pdf) throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(drawn(pdf, DPI), "png", picture);
    return picture.toByteArray();
  }

  static BufferedImage drawn(byte[] pdf, int dpi) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFRenderer(document).renderImageWithDPI(0, dpi, ImageType.GRAY);
    }
  }
}

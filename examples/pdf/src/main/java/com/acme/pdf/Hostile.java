package com.acme.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Files that are small, valid enough to be opened, and made to break who draws them.
enum Hostile {
  /// A page of five meters a side: its picture needs more memory than there is.
  HUGE_PAGE {
    @Override
    byte[] file() {
      return document("", page("[0 0 14400 14400]"), stream(LINE));
    }
  },
  /// A hundred thousand arrays, each within the one before.
  DEEP_TREE {
    @Override
    byte[] file() {
      String tree = "[".repeat(DEPTH) + "]".repeat(DEPTH);
      return document("/Tree " + tree, page(A5), stream(LINE));
    }
  },
  /// An image of 400 million white points, compressed twice, to about a kilobyte.
  ZIP_BOMB {
    @Override
    byte[] file() {
      byte[] bomb = deflated(deflated(WHITE, IMAGE_SIDE), 1);
      String image =
          "<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
                  .formatted(IMAGE_SIDE, IMAGE_SIDE)
              + "/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n".formatted(bomb.length)
              + new String(bomb, ISO_8859_1)
              + "\nendstream";
      return document(
          "",
          "<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
              .formatted(A5),
          stream("400 0 0 400 9 9 cm /I Do"),
          image);
    }
  },
  /// Forty fonts: the one letter of each is two letters of the next, so that the first letter is a
  /// million million strokes.
  LOOPING_FONT {
    @Override
    byte[] file() {
      String[] objects = new String[2 + 2 * FONTS];
      objects[0] =
          "<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
              .formatted(A5);
      objects[1] = stream("BT /F 20 Tf 9 9 Td (a) Tj ET");
      for (int font = 0; font < FONTS; font++) {
        int number = 5 + 2 * font;
        boolean last = font == FONTS - 1;
        objects[2 + 2 * font] = font(number + 1, last ? number : number + 2);
        objects[3 + 2 * font] =
            stream(last ? "1000 0 d0 " + LINE : "1000 0 d0 BT /F 1000 Tf (aa) Tj ET");
      }
      return document("", objects);
    }
  };

  private static final String LINE = "0 0 m 9 9 l S";
  private static final String A5 = "[0 0 420 595]";
  private static final int DEPTH = 100_000;
  private static final int FONTS = 40;
  private static final int IMAGE_SIDE = 20_000;
  private static final byte[] WHITE = new byte[IMAGE_SIDE];

  static {
    Arrays.fill(WHITE, (byte) 0xFF);
  }

  abstract byte[] file();

  /// How reports call it: `huge page`.
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String page(String box) {
    return "<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R>>".formatted(box);
  }

  private static String stream(String content) {
    return "<</Length %d>>stream\n%s\nendstream".formatted(content.length(), content);
  }

  private static String font(int glyph, int next) {
    return """
    <</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]\
    /FirstChar 97/LastChar 97/Widths[1000]/Encoding<</Type/Encoding/Differences[97/a]>>\
    /CharProcs<</a %d 0 R>>/Resources<</Font<</F %d 0 R>>>>>>\
    """
        .formatted(glyph, next);
  }

  /// A file with a catalog, a list of pages, and these objects, numbered from 3; the first is the
  /// page. It has no table of objects: readers find them by their numbers.
  private static byte[] document(String ofCatalog, String... objects) {
    StringBuilder file = new StringBuilder("%PDF-1.7\n");
    file.append("1 0 obj<</Type/Catalog/Pages 2 0 R").append(ofCatalog).append(">>endobj\n");
    file.append("2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n");
    for (int i = 0; i < objects.length; i++) {
      file.append(i + 3).append(" 0 obj").append(objects[i]).append("endobj\n");
    }
    return file.append("trailer<</Root 1 0 R>>\n%%EOF\n").toString().getBytes(ISO_8859_1);
  }

  private static byte[] deflated(byte[] bytes, int times) {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(small, new Deflater(Deflater.BEST_COMPRESSION))) {
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return small.toByteArray();
  }
}

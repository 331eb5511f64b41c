package dev.forklab.fork.codec;

/// The bytes of an advanced message: a tag, then what the tag says. Big-endian.
///
/// ```
/// null, true, false   nothing
/// INT                 4 bytes          LONG     8 bytes         DOUBLE  8 bytes (IEEE 754)
/// STRING              text             BYTES    count, bytes
/// BIG_INTEGER         count, two's complement bytes
/// BIG_DECIMAL         scale (4), count, two's complement bytes of the unscaled value
/// INSTANT             seconds (8), nanoseconds (4)              DATE    milliseconds (8)
/// LIST, SET           count, values    MAP      count, key and value in turn
/// ERROR               count, bytes of [Thrown]
/// UTF_16              count, UTF-16: a text with half of a surrogate pair, which UTF-8 cannot spell
/// REFERENCE           index (4): the list, set or map that began that many values before
/// BOOLEANS ... DOUBLES   count, items of 1 (0 or 1), 2 (SHORTS, CHARS), 4 (INTS, FLOATS) or 8 bytes
/// ```
///
/// A count is 4 bytes, and what it counts lies in the bytes that follow; a text is a count and
/// UTF-8. Lists, sets and maps are numbered in the order they begin, so a cycle is a reference to
/// one that has not ended. Within the items of a set and the keys of a map, which are hashed as
/// they are read, there are no references: what is there twice is written twice. Nesting is at most
/// [#MAX_NESTING].
final class AdvancedFormat {

  static final byte NULL = 0;
  static final byte TRUE = 1;
  static final byte FALSE = 2;
  static final byte INT = 3;
  static final byte LONG = 4;
  static final byte DOUBLE = 5;
  static final byte STRING = 6;
  static final byte BYTES = 7;
  static final byte BIG_INTEGER = 8;
  static final byte BIG_DECIMAL = 9;
  static final byte INSTANT = 10;
  static final byte DATE = 11;
  static final byte LIST = 12;
  static final byte SET = 13;
  static final byte MAP = 14;
  static final byte ERROR = 15;
  static final byte REFERENCE = 16;
  static final byte UTF_16 = 17;
  static final byte BOOLEANS = 18;
  static final byte SHORTS = 19;
  static final byte CHARS = 20;
  static final byte INTS = 21;
  static final byte LONGS = 22;
  static final byte FLOATS = 23;
  static final byte DOUBLES = 24;

  static final int MAX_NESTING = 500;

  private AdvancedFormat() {}
}

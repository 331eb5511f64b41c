package dev.forklab.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The built-in workload: seals a document with a password.
///
/// ```
/// 48 bytes = PBKDF2-HMAC-SHA256(PASSWORD, SALT, iterations)      (RFC 8018, section 5.2)
///            |-- 32 bytes: AES-256 key --|-- 16 bytes: first counter block --|
/// reply    = AES-256-CTR(key, counter block, message)            (NIST SP 800-38A, section 6.5)
/// ```
///
/// This is how `openssl enc -aes-256-ctr -pbkdf2 -iter N` derives key and counter from a password,
/// and what Node's `pbkdf2Sync` and `createCipheriv('aes-256-ctr', …)` compute: the same bytes in
/// every runtime. The reply is exactly as long as the message. Password and salt are constants,
/// since a lab keeps no secrets: a reply must be the same everywhere, and is of no other use.
///
/// **Cost.** One iteration is two HMACs (48 bytes are two blocks of SHA-256), about half a
/// microsecond where the CPU has SHA instructions. The part that does not depend on the iterations
/// is some microseconds (two look-ups in the JDK's providers, a key schedule) and the encryption,
/// at a gigabyte per second or more. A task leaves one small array per HMAC to the collector, and
/// its reply.
///
/// **Why PBKDF2 is written out** over [Mac], rather than taken from
/// [javax.crypto.SecretKeyFactory]: each key made by the JDK's factory is registered with the JVM's
/// one [java.lang.ref.Cleaner], a list behind a lock, emptied by one thread, after the collector
/// found the key. That would be a cost that all threads of a process share, and so an answer about
/// that list instead of about threads. The factory's bytes are the same (a test holds that).
///
/// Without state: safe for any number of threads, which share nothing.
public final class Seal implements Workload {

  /// The name that a [WorkloadSpec] uses.
  public static final String NAME = "seal";

  /// The document's password, in ASCII.
  static final String PASSWORD = "correct horse battery staple";

  /// The 16 bytes of salt, in hexadecimal.
  static final String SALT_HEX = "000102030405060708090a0b0c0d0e0f";

  private static final String PRF = "HmacSHA256";
  private static final int PRF_BYTES = 32;
  private static final int KEY_BYTES = 32;
  private static final int COUNTER_BYTES = 16;

  /// What is encrypted by one call: so little that a message of many megabytes is many calls, which
  /// the JIT notices and at which the collector can stop the thread.
  private static final int CHUNK_BYTES = 16 * 1024;

  private final byte[] password = PASSWORD.getBytes(US_ASCII);
  private final byte[] salt = HexFormat.of().parseHex(SALT_HEX);

  /// For [java.util.ServiceLoader].
  public Seal() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte[] apply(byte[] message, int iterations) throws GeneralSecurityException {
    byte[] derived = pbkdf2(password, salt, iterations, KEY_BYTES + COUNTER_BYTES);
    return aes256Ctr(derived, message);
  }

  /// PBKDF2 with HMAC-SHA256: RFC 8018, section 5.2, with its names.
  ///
  /// @param bytes how many to derive, at least 1
  static byte[] pbkdf2(byte[] password, byte[] salt, int iterations, int bytes)
      throws GeneralSecurityException {
    Mac prf = Mac.getInstance(PRF);
    prf.init(new SecretKeySpec(password, PRF));
    byte[] derived = new byte[bytes];
    byte[] u = new byte[PRF_BYTES];
    byte[] t = new byte[PRF_BYTES];
    for (int offset = 0, block = 1; offset < bytes; offset += PRF_BYTES, block++) {
      prf.update(salt);
      prf.update(bigEndian(block));
      prf.doFinal(u, 0);
      System.arraycopy(u, 0, t, 0, PRF_BYTES);
      for (int round = 1; round < iterations; round++) {
        prf.update(u);
        prf.doFinal(u, 0);
        xor(t, u);
      }
      System.arraycopy(t, 0, derived, offset, Math.min(PRF_BYTES, bytes - offset));
    }
    return derived;
  }

  /// AES-256 in counter mode: NIST SP 800-38A, section 6.5, the counter being the whole block.
  ///
  /// @param keyAndCounter 32 bytes of key, then the 16 bytes of the first counter block
  static byte[] aes256Ctr(byte[] keyAndCounter, byte[] message) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(keyAndCounter, 0, KEY_BYTES, "AES"),
        new IvParameterSpec(keyAndCounter, KEY_BYTES, COUNTER_BYTES));
    byte[] reply = new byte[message.length];
    for (int offset = 0; offset < message.length; offset += CHUNK_BYTES) {
      cipher.update(message, offset, Math.min(CHUNK_BYTES, message.length - offset), reply, offset);
    }
    return reply; // a counter mode holds nothing back: there is nothing to finish
  }

  private static void xor(byte[] target, byte[] other) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= other[i];
    }
  }

  private static byte[] bigEndian(int block) {
    return new byte[] {
      (byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block
    };
  }
}

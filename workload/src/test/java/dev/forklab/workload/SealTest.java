package dev.forklab.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Published vectors, and the JDK's own key factory, hold the built-in workload.
class SealTest {

  private static final HexFormat HEX = HexFormat.of();

  @Test
  void derivedBytesAreThoseOfRfc7914Section11() throws Exception {
    assertThat(derive("passwd", "salt", 1))
        .isEqualTo(
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
    assertThat(derive("Password", "NaCl", 80_000))
        .isEqualTo(
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d");
  }

  /// NIST SP 800-38A, F.5.5, CTR-AES256.Encrypt.
  @Test
  void encryptedBlocksAreThoseOfNistSp80038aF55() throws Exception {
    byte[] keyAndCounter =
        HEX.parseHex(
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
                + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    byte[] plaintext =
        HEX.parseHex(
            "6bc1bee22e409f96e93d7e117393172a"
                + "ae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52ef"
                + "f69f2445df4f9b17ad2b417be66c3710");
    assertThat(HEX.formatHex(Seal.aes256Ctr(keyAndCounter, plaintext)))
        .isEqualTo(
            "601ec313775789a5b7a7f504bbf3d228"
                + "f443e3ca4d62b59aca84e990cacaf5c5"
                + "2b0930daa23de94ce87017ba2d84988d"
                + "dfc9c58db67aada613c2dd08457941a6");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 48, 64, 100})
  void derivedBytesAreThoseOfTheJdksKeyFactory(int bytes) throws Exception {
    SplittableRandom random = new SplittableRandom(bytes);
    for (int iterations = 1; iterations < 200; iterations += 1 + random.nextInt(50)) {
      byte[] salt = new byte[1 + random.nextInt(40)];
      random.nextBytes(salt);
      PBEKeySpec spec =
          new PBEKeySpec(Seal.PASSWORD.toCharArray(), salt, iterations, bytes * Byte.SIZE);
      byte[] expected =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      assertThat(Seal.pbkdf2(Seal.PASSWORD.getBytes(US_ASCII), salt, iterations, bytes))
          .as("%d iterations, %d bytes of salt", iterations, salt.length)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 65_536, 16 * 1024 * 1024})
  void replyIsAsLongAsTheMessageAndTheMessageIsUntouched(int bytes) throws Exception {
    byte[] message = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(message);
    byte[] before = message.clone();
    byte[] reply = new Seal().apply(message, 1);
    assertThat(reply).hasSize(bytes);
    assertThat(Arrays.equals(message, before)).isTrue();
    assertThat(Arrays.equals(reply, new Seal().apply(message, 1))).isTrue();
  }

  @Test
  void sealingTwiceGivesTheDocumentBack() throws Exception {
    byte[] message = "a document".getBytes(US_ASCII);
    TaskFunction seal = new WorkloadSpec(Seal.NAME, 7).function();
    assertThat(seal.apply(seal.apply(message))).isEqualTo(message).isNotSameAs(message);
  }

  @Test
  void iterationsChangeTheReply() throws Exception {
    byte[] message = new byte[16];
    assertThat(new Seal().apply(message, 1)).isNotEqualTo(new Seal().apply(message, 2));
  }

  private static String derive(String password, String salt, int iterations) throws Exception {
    byte[] derived =
        Seal.pbkdf2(password.getBytes(US_ASCII), salt.getBytes(US_ASCII), iterations, 64);
    return HEX.formatHex(derived);
  }
}

package emblema.store.http;

import emblema.core.error.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and unencrypted private keys in PEM files, as the JDK can read them. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");

  /** {@code AlgorithmIdentifier} of RSA with null parameters. */
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  private Pem() {}

  /** All certificates of a text, in its order. */
  static List<X509Certificate> certificates(String text, String source) {
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).endsWith("CERTIFICATE")) {
        try {
          CertificateFactory factory = CertificateFactory.getInstance("X.509");
          byte[] bytes = decoded(block.group(2), source);
          found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
        } catch (GeneralSecurityException e) {
          throw new MalformedException(
              "'" + source + "' holds a damaged certificate: " + e.getMessage());
        }
      }
    }
    return found;
  }

  /** The first private key of a text. */
  static PrivateKey privateKey(String text, String source) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String type = block.group(1);
      if (type.equals("ENCRYPTED PRIVATE KEY") || block.group(2).contains("ENCRYPTED")) {
        throw new MalformedException(
            "the key '" + source + "' is encrypted", "decrypt it with 'openssl pkey'");
      }
      if (type.equals("PRIVATE KEY")) {
        return key(decoded(block.group(2), source), source);
      }
      if (type.equals("RSA PRIVATE KEY")) {
        return key(wrapped(decoded(block.group(2), source)), source);
      }
    }
    throw new MalformedException(
        "'" + source + "' holds no private key that can be used",
        "convert it with 'openssl pkcs8 -topk8 -nocrypt'");
  }

  private static PrivateKey key(byte[] pkcs8, String source) {
    for (String algorithm : List.of("RSA", "EC", "EdDSA", "DSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // another algorithm may fit
      }
    }
    throw new MalformedException("'" + source + "' holds a private key of an unknown kind");
  }

  /** The older form of RSA keys in the newer frame: version 0, algorithm, octets. */
  private static byte[] wrapped(byte[] rsa) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(new byte[] {2, 1, 0});
    content.writeBytes(RSA);
    content.writeBytes(element(4, rsa));
    return element(0x30, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 128) {
      out.write(content.length);
    } else if (content.length < 256) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] decoded(String base64, String source) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("'" + source + "' is not a PEM file: " + e.getMessage());
    }
  }
}

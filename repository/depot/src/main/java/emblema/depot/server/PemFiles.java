package emblema.depot.server;

import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files as the key stores that TLS wants. */
final class PemFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** An RSA key's algorithm, as PKCS #8 says it. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PemFiles() {}

  /** One entry: the key and its chain. The store's password is empty. */
  static KeyStore identity(Path certificate, Path key) {
    try {
      KeyStore store = empty();
      Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
      PrivateKey secret = key(key, chain[0].getPublicKey().getAlgorithm());
      store.setKeyEntry("server", secret, new char[0], chain);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(certificate, e);
    }
  }

  /** Certificates that are trusted to make others. */
  static KeyStore trusted(Path file) {
    try {
      KeyStore store = empty();
      int n = 0;
      for (Certificate each : certificates(file)) {
        store.setCertificateEntry("issuer" + n++, each);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      for (Certificate each : found) {
        if (each instanceof X509Certificate x509) {
          x509.getSubjectX500Principal();
        }
      }
      if (found.isEmpty()) {
        throw new MalformedException("'" + file + "' holds no certificate");
      }
      return found;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static PrivateKey key(Path file, String algorithm) throws GeneralSecurityException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String kind = blocks.group(1);
      if (kind.equals("ENCRYPTED PRIVATE KEY") || blocks.group(2).contains("ENCRYPTED")) {
        throw new MalformedException(
            "the private key in '" + file + "' is encrypted",
            "decrypt it into a file that only the depot can read, with 'openssl pkey'");
      }
      if (kind.endsWith("PRIVATE KEY")) {
        byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
        byte[] wrapped = kind.equals("RSA PRIVATE KEY") ? wrapped(der) : der;
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(wrapped));
        } catch (InvalidKeySpecException e) {
          throw new MalformedException(
              "the private key in '" + file + "' is no '" + algorithm + "' key in PKCS #8 form",
              "convert it with 'openssl pkey'");
        }
      }
    }
    throw new MalformedException("'" + file + "' holds no private key");
  }

  /** An RSA key of the older form, in PKCS #8. */
  private static byte[] wrapped(byte[] rsa) {
    byte[] octets = tagged(0x04, rsa);
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA);
    inner.writeBytes(octets);
    return tagged(0x30, inner.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      out.write(0x83);
      out.write(length >> 16);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static RuntimeException unreadable(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> new NotFoundException("'" + file + "' does not exist");
      case AccessDeniedException _ -> new AccessException("'" + file + "' may not be read");
      default ->
          new StorageException("'" + file + "' cannot be read", e.getMessage(), List.of(), e);
    };
  }

  private static MalformedException unusable(Path file, Exception e) {
    return new MalformedException(
        file.toString(), 0, 0, "it cannot be used for TLS: " + e.getMessage(), null);
  }
}

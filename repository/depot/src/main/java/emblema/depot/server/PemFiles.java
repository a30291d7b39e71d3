package emblema.depot.server;

import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.sign.PrivateKeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Certificates and keys in PEM files as the key stores that TLS wants. */
final class PemFiles {
  private PemFiles() {}

  /** One entry: the key and its chain. The store's password is empty. */
  static KeyStore identity(TlsFiles files) {
    Path certificate = files.certificate();
    try {
      KeyStore store = empty();
      Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
      PrivateKey secret = key(files.key(), files.passPhrase());
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

  private static PrivateKey key(Path file, Supplier<char[]> passPhrase) {
    try {
      return PrivateKeyFile.read(Files.readAllBytes(file), file.toString(), passPhrase);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
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

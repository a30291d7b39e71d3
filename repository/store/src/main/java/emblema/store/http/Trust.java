package emblema.store.http;

import emblema.core.error.AccessException;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.UsageException;
import emblema.core.sign.PrivateKeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom a secure connection trusts, and as whom it introduces itself: the authorities of the Java
 * runtime and of the system, and the client's key and certificate if there are some.
 */
final class Trust {
  private static final char[] NO_PASSWORD = {};

  private Trust() {}

  /**
   * @param trusted PEM files of authorities
   */
  static SSLContext context(List<Path> trusted, Access access) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(access), authorities(trusted), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AccessException("cannot prepare secure connections", e.getMessage(), List.of(), e);
    }
  }

  private static TrustManager[] authorities(List<Path> files)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    int count = 0;
    TrustManagerFactory runtime =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    runtime.init((KeyStore) null);
    for (TrustManager manager : runtime.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (X509Certificate authority : x509.getAcceptedIssuers()) {
          store.setCertificateEntry("authority-" + count++, authority);
        }
      }
    }
    for (Path file : files) {
      for (X509Certificate authority : Pem.certificates(text(file), file.toString())) {
        store.setCertificateEntry("authority-" + count++, authority);
      }
    }
    TrustManagerFactory all =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    all.init(store);
    return all.getTrustManagers();
  }

  private static KeyManager[] keys(Access access) throws GeneralSecurityException, IOException {
    if (access.certificate().isEmpty() && access.key().isEmpty()) {
      return new KeyManager[0];
    }
    if (access.certificate().isEmpty() || access.key().isEmpty()) {
      throw new UsageException(
          "a client certificate and its key belong together", "give both or neither");
    }
    Path file = access.certificate().get();
    List<X509Certificate> chain = Pem.certificates(text(file), file.toString());
    if (chain.isEmpty()) {
      throw new MalformedException("'" + file + "' holds no certificate", "expected a PEM file");
    }
    requireValid(chain.getFirst(), file);
    Path key = access.key().get();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "client",
        PrivateKeyFile.read(text(key).getBytes(StandardCharsets.ISO_8859_1), key.toString()),
        NO_PASSWORD,
        chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static void requireValid(X509Certificate certificate, Path file) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new AccessException(
          "the client certificate '" + file + "' has expired",
          "it was valid until " + certificate.getNotAfter().toInstant(),
          List.of("ask who runs the repository for a new one"),
          e);
    } catch (CertificateNotYetValidException e) {
      throw new AccessException(
          "the client certificate '" + file + "' is not valid yet",
          "it is valid from " + certificate.getNotBefore().toInstant() + " on",
          List.of("check the clock of this machine"),
          e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw failure(file, "there is no such file", e);
    } catch (IOException e) {
      throw failure(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static EmblemaException failure(Path file, String reason, IOException cause) {
    return new AccessException("cannot read '" + file + "'", reason, List.of(), cause);
  }
}

package emblema.store.http;

import emblema.core.error.MalformedException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates in PEM files, as the JDK reads them: it takes a fraction of the time. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");

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

  private static byte[] decoded(String base64, String source) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("'" + source + "' is not a PEM file: " + e.getMessage());
    }
  }
}

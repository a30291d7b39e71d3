package emblema.core.sign;

/** Where the certificates of signatures come from: a store, a repository. */
@FunctionalInterface
public interface CertificateSource {
  /**
   * The PEM text of a certificate; whether it has this hash is checked by whoever asks.
   *
   * @param sha1 of the text, as a signature names it
   * @throws emblema.core.error.EmblemaException if it cannot be had
   */
  byte[] pem(String sha1);
}

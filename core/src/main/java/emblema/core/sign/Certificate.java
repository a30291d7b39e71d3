package emblema.core.sign;

import emblema.core.error.MalformedException;
import emblema.core.hash.Digest;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 certificate. It is known by the SHA-1 of its PEM text as we write it: 64 columns, LF,
 * nothing but the certificate.
 */
public final class Certificate {
  private static final int COLUMNS = 64;

  private final X509CertificateHolder holder;
  private final byte[] pem;
  private final String sha1;

  private Certificate(X509CertificateHolder holder, byte[] der) {
    this.holder = holder;
    this.pem = pem(der);
    this.sha1 = Digest.SHA1.hex(pem);
  }

  private static byte[] pem(byte[] der) {
    String body = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The first certificate in a PEM file.
   *
   * @param source named in errors
   */
  public static Certificate read(byte[] text, String source) {
    return readAll(text, source).getFirst();
  }

  /** All certificates in a PEM file, at least one; other objects in it are passed over. */
  public static List<Certificate> readAll(byte[] text, String source) {
    List<Certificate> all = new ArrayList<>();
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
      for (@Nullable PemObject object = parser.readPemObject();
          object != null;
          object = parser.readPemObject()) {
        if (object.getType().equals("CERTIFICATE") || object.getType().equals("X509 CERTIFICATE")) {
          byte[] der = object.getContent();
          all.add(new Certificate(new X509CertificateHolder(der), der));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(source, e.getMessage());
    }
    if (all.isEmpty()) {
      throw unreadable(source, "it holds no certificate");
    }
    return all;
  }

  private static MalformedException unreadable(String source, @Nullable String reason) {
    return MalformedException.listing(
        "the file '" + source + "' was expected to be a PEM certificate but it could not be read",
        reason == null ? List.of() : List.of(reason));
  }

  X509CertificateHolder holder() {
    return holder;
  }

  /** Its text as repositories store it. */
  public byte[] pem() {
    return pem.clone();
  }

  /** SHA-1 of {@link #pem}, its name in repositories and configurations. */
  public String sha1() {
    return sha1;
  }

  X500Name subjectName() {
    return holder.getSubject();
  }

  X500Name issuerName() {
    return holder.getIssuer();
  }

  /** {@code countryName=XX, commonName=Signer}. */
  public String subject() {
    return DistinguishedName.text(subjectName());
  }

  public String issuer() {
    return DistinguishedName.text(issuerName());
  }

  /** The common names of the subject. */
  public List<String> commonNames() {
    return DistinguishedName.values(subjectName(), BCStyle.CN);
  }

  /** Whether subject and issuer are the same name. */
  public boolean isSelfIssued() {
    return subjectName().equals(issuerName());
  }

  BigInteger serial() {
    return holder.getSerialNumber();
  }

  public Instant notBefore() {
    return holder.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return holder.getNotAfter().toInstant();
  }

  /** Whether the issuer's key made this certificate. */
  boolean isSignedBy(Certificate issuer) {
    return RsaSignatures.isSigned(holder, issuer);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Certificate that && sha1.equals(that.sha1);
  }

  @Override
  public int hashCode() {
    return sha1.hashCode();
  }

  @Override
  public String toString() {
    return subject();
  }
}

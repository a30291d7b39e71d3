package emblema.core.sign;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate with its key, which can make others. Keys are short: these are tests. */
final class TestAuthority {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final AtomicLong TURN = new AtomicLong();
  private static final List<KeyPair> KEYS = new ArrayList<>();

  final Certificate certificate;
  private final KeyPair keys;
  private final X500Name name;

  private TestAuthority(Certificate certificate, KeyPair keys, X500Name name) {
    this.certificate = certificate;
    this.keys = keys;
    this.name = name;
  }

  /** What is asked of a new certificate. */
  static final class Wish {
    private final String name;
    private final List<Object[]> extensions = new ArrayList<>();
    private Instant from = NOW.minusSeconds(86_400);
    private Instant until = NOW.plusSeconds(86_400);
    private String algorithm = "SHA256withRSA";

    private Wish(String name) {
      this.name = name;
    }

    Wish with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
      extensions.add(new Object[] {id, critical, value});
      return this;
    }

    Wish usage(int bits) {
      return with(Extension.keyUsage, true, new KeyUsage(bits));
    }

    Wish valid(Instant begin, Instant end) {
      from = begin;
      until = end;
      return this;
    }

    Wish by(String signatureAlgorithm) {
      algorithm = signatureAlgorithm;
      return this;
    }
  }

  /** One that signs packages. */
  static Wish signer(String name) {
    return new Wish(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .usage(KeyUsage.digitalSignature);
  }

  static Wish bare(String name) {
    return new Wish(name);
  }

  static Wish authority(String name) {
    return new Wish(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(true))
        .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  static Wish authority(String name, int pathLength) {
    return new Wish(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(pathLength))
        .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  static TestAuthority root(Wish wish) {
    KeyPair keys = keys();
    X500Name name = new X500Name("CN=" + wish.name);
    return new TestAuthority(certificate(wish, name, name, keys, keys), keys, name);
  }

  TestAuthority issue(Wish wish) {
    KeyPair own = keys();
    X500Name subject = new X500Name("CN=" + wish.name);
    return new TestAuthority(certificate(wish, subject, name, own, keys), own, subject);
  }

  /** One of a few, which are made once: no test needs as many. */
  private static synchronized KeyPair keys() {
    int turn = (int) (TURN.getAndIncrement() % 10);
    if (turn >= KEYS.size()) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024, new SecureRandom());
        KEYS.add(generator.generateKeyPair());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    return KEYS.get(turn);
  }

  private static Certificate certificate(
      Wish wish, X500Name subject, X500Name issuer, KeyPair own, KeyPair signing) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(wish.from),
              Date.from(wish.until),
              subject,
              SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded()));
      for (Object[] each : wish.extensions) {
        builder.addExtension(
            (ASN1ObjectIdentifier) each[0], (Boolean) each[1], (ASN1Encodable) each[2]);
      }
      byte[] der = builder.build(signer(signing, wish.algorithm)).getEncoded();
      return Certificate.read(pem("CERTIFICATE", der), wish.name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContentSigner signer(KeyPair keys, String algorithm) {
    try {
      AlgorithmIdentifier id = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
      return new BcRSAContentSignerBuilder(
              id, new DefaultDigestAlgorithmIdentifierFinder().find(id))
          .build(
              PrivateKeyFactory.createKey(
                  PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())));
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] pem(String type, byte[] der) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The private key in a PEM file. */
  byte[] keyFile() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  SigningKey key() {
    return SigningKey.read(keyFile(), "key");
  }

  /** A list that takes certificates back. */
  byte[] revoking(int reason, Certificate... revoked) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(NOW));
    builder.setNextUpdate(Date.from(NOW.plusSeconds(3600)));
    for (Certificate each : revoked) {
      builder.addCRLEntry(each.serial(), Date.from(NOW), reason);
    }
    try {
      return builder.build(signer(keys, "SHA256withRSA")).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

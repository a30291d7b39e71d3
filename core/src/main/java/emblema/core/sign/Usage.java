package emblema.core.sign;

import org.bouncycastle.asn1.x509.KeyUsage;

/** What a certificate is used for, and the bit of its key usage that allows it. */
enum Usage {
  CODE_SIGNING("to sign packages", KeyUsage.digitalSignature),
  CERTIFICATE_SIGNING("to sign certificates", KeyUsage.keyCertSign),
  LIST_SIGNING("to sign revocation lists", KeyUsage.cRLSign);

  private final String words;
  private final int bit;

  Usage(String words, int bit) {
    this.words = words;
    this.bit = bit;
  }

  String words() {
    return words;
  }

  int bit() {
    return bit;
  }
}

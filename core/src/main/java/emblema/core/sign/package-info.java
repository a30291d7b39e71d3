/**
 * Signatures over manifests, and the certificates they rest on (spec signing). Read {@link
 * emblema.core.sign.PackageVerifier} first. The only package that uses Bouncy Castle, which it
 * calls directly and never registers. It fetches nothing itself: certificates and revocation lists
 * come through {@link emblema.core.sign.CertificateSource} and {@link
 * emblema.core.sign.RevocationSource}.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.sign;

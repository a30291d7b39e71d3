package emblema.core.sign;

import emblema.core.action.SignatureAction;
import emblema.core.error.EmblemaException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.SignedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Checks the signatures of packages against a policy (spec signing, sections 4 to 6). Not for use
 * by several threads.
 */
public final class PackageVerifier {
  private final Optional<Trust> trust;
  private final SignaturePolicy policy;
  private final CertificateSource source;

  /**
   * @param source of the publisher's certificates
   */
  public PackageVerifier(Trust trust, SignaturePolicy policy, CertificateSource source) {
    this(Optional.of(trust), policy, source);
  }

  private PackageVerifier(Optional<Trust> trust, SignaturePolicy policy, CertificateSource source) {
    this.trust = trust;
    this.policy = policy;
    this.source = source;
  }

  /**
   * One that asks only whether signatures are over their packages by the keys of their
   * certificates, not whether anybody trusts those: for who has no trust anchors.
   */
  public static PackageVerifier ofValues(CertificateSource source) {
    return new PackageVerifier(Optional.empty(), SignaturePolicy.VERIFY, source);
  }

  /**
   * Refuses a package that the policy does not allow.
   *
   * @param text of its manifest
   * @throws UntrustedException with the package, the certificate, the reason and a way out
   */
  public void require(Fmri fmri, SignedText text) {
    List<UntrustedException> problems = problems(fmri, text);
    if (!problems.isEmpty()) {
      throw problems.getFirst();
    }
  }

  /** All that the policy has against a package; none if it is allowed. */
  public List<UntrustedException> problems(Fmri fmri, SignedText text) {
    List<UntrustedException> problems = new ArrayList<>();
    if (policy.level() == SignaturePolicy.Level.IGNORE) {
      return problems;
    }
    SortedSet<String> names = new TreeSet<>(policy.names());
    boolean signed = false;
    for (SignatureAction signature : text.signatures()) {
      try {
        SignatureCheck.Outcome outcome =
            new SignatureCheck(trust, source, names).check(text, signature);
        signed |= outcome == SignatureCheck.Outcome.SIGNED;
      } catch (UntrustedException e) {
        problems.add(e.because("a signature of '" + fmri + "' cannot be trusted"));
      } catch (EmblemaException e) {
        problems.add(unavailable(fmri, e));
      }
    }
    if (problems.isEmpty()) {
      if (!signed && policy.level().compareTo(SignaturePolicy.Level.REQUIRE_SIGNATURES) >= 0) {
        problems.add(unsigned(fmri));
      } else if (!names.isEmpty()) {
        problems.add(unnamed(fmri, names));
      }
    }
    return problems;
  }

  private static UntrustedException unavailable(Fmri fmri, EmblemaException e) {
    List<String> hints =
        e.hints().isEmpty()
            ? List.of("the repository is incomplete: try 'pkgrepo verify' on it")
            : e.hints();
    return new UntrustedException(
            Reason.MISSING_CERTIFICATE,
            String.valueOf(e.getMessage()),
            e.detail().orElse(null),
            hints)
        .because("a certificate that '" + fmri + "' is signed with cannot be had");
  }

  private static UntrustedException unsigned(Fmri fmri) {
    return new UntrustedException(
        Reason.SIGNATURE_REQUIRED,
        "the policy for '"
            + fmri.publisherIfAny().orElse("")
            + "' requires signatures to be present but no signature was found in '"
            + fmri
            + "'",
        null,
        List.of(
            "ask the publisher for a signed package, or relax the property 'signature-policy' of"
                + " the image or the publisher"));
  }

  private static UntrustedException unnamed(Fmri fmri, SortedSet<String> names) {
    return new UntrustedException(
        Reason.MISSING_NAMES,
        "the policy for '"
            + fmri.publisherIfAny().orElse("")
            + "' requires certain CNs to be seen in a chain of trust; the following required names"
            + " couldn't be found for the package '"
            + fmri
            + "'",
        String.join("\n", names),
        List.of(
            "the names are in the property 'signature-required-names' of the image or the"
                + " publisher"));
  }
}

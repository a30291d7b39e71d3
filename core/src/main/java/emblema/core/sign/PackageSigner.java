package emblema.core.sign;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.SignatureAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.hash.PayloadFacts;
import emblema.core.manifest.SignedText;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.Digest;

/**
 * Makes signature actions (spec signing, sections 1 to 3).
 *
 * @param identity who signs; nothing for a plain digest
 */
public record PackageSigner(SignatureAlgorithm algorithm, Optional<Identity> identity) {

  /**
   * Who signs.
   *
   * @param chain certificates that lead from the own one to a trust anchor
   */
  public record Identity(SigningKey key, Certificate certificate, List<Certificate> chain) {
    public Identity {
      chain = List.copyOf(chain);
      if (!key.belongsTo(certificate)) {
        throw new UntrustedException(
            Reason.WRONG_KEY,
            "the key does not belong to the certificate whose subject is '"
                + certificate.subject()
                + "'",
            "no client would accept the signature",
            List.of("give the key that the certificate was made for"));
      }
    }

    /** Chain certificates that nobody in the chain was issued by: they help no client. */
    public List<Certificate> unrelated() {
      return chain.stream()
          .filter(
              each ->
                  !certificate.isSignedBy(each)
                      && chain.stream().noneMatch(other -> other.isSignedBy(each)))
          .toList();
    }
  }

  /** The certificates whose payloads a signed package needs: the own one first. */
  public List<Certificate> certificates() {
    return identity
        .map(
            who ->
                java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(who.certificate()), who.chain().stream())
                    .distinct()
                    .toList())
        .orElse(List.of());
  }

  /**
   * The signature over a manifest.
   *
   * @param stored the facts of each certificate's payload as the repository stores it
   */
  public SignatureAction sign(SignedText text, Function<Certificate, PayloadFacts> stored) {
    SignatureAction unfinished = unfinished(stored);
    String value =
        identity
            .map(who -> who.key().sign(algorithm, text, unfinished))
            .orElseGet(
                () -> digest(algorithm, text, unfinished, SignedText.Form.QUOTED_EXPANSIONS));
    return (SignatureAction)
        unfinished.withAttributes(unfinished.attributes().with("value", value));
  }

  private SignatureAction unfinished(Function<Certificate, PayloadFacts> stored) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("algorithm", algorithm.word())
            .add("value", "")
            .add("version", "0");
    if (identity.isEmpty()) {
      return signature(null, attributes);
    }
    PayloadFacts own = stored.apply(identity.get().certificate());
    attributes
        .add("pkg.size", Long.toString(own.size()))
        .add("pkg.csize", Long.toString(own.compressedSize()))
        .add("chash", own.compressedSha1())
        .add("pkg.content-hash", "gzip:sha512t_256:" + own.compressedHash());
    List<PayloadFacts> chain = identity.get().chain().stream().map(stored).toList();
    if (!chain.isEmpty()) {
      attributes
          .add("chain", joined(chain, PayloadFacts::sha1))
          .add("chain.chashes", joined(chain, PayloadFacts::compressedSha1))
          .add("chain.sizes", joined(chain, each -> Long.toString(each.size())))
          .add("chain.csizes", joined(chain, each -> Long.toString(each.compressedSize())))
          .add("pkg.chain.sha512t_256", joined(chain, PayloadFacts::contentHash))
          .add("pkg.chain.chashes.sha512t_256", joined(chain, PayloadFacts::compressedHash));
    }
    return signature(own.sha1(), attributes);
  }

  private static SignatureAction signature(
      @org.jspecify.annotations.Nullable String payload, Attributes.Builder attributes) {
    return (SignatureAction) Action.of(ActionType.SIGNATURE, payload, attributes.build());
  }

  private static String joined(List<PayloadFacts> chain, Function<PayloadFacts, String> fact) {
    return chain.stream().map(fact).collect(Collectors.joining(" "));
  }

  static String digest(
      SignatureAlgorithm algorithm,
      SignedText text,
      SignatureAction signature,
      SignedText.Form form) {
    Digest digest = algorithm.digest();
    text.write(signature, form, piece -> digest.update(piece, 0, piece.length));
    byte[] bytes = new byte[digest.getDigestSize()];
    digest.doFinal(bytes, 0);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Whether the manifest has this very signature already.
   *
   * @throws UntrustedException if it has one that differs only in what it covers
   */
  public static boolean isAlreadyIn(SignedText text, SignatureAction signature) {
    List<SignatureAction> same =
        text.signatures().stream().filter(each -> isSame(each, signature)).toList();
    if (same.size() > 1) {
      throw new UntrustedException(
          Reason.DUPLICATE_SIGNATURES,
          "the package has the same signature " + same.size() + " times",
          describe(signature),
          List.of("publish the package again and sign it anew"));
    }
    if (same.isEmpty()) {
      return false;
    }
    if (!same.getFirst().attributes().is("value", signature.attributes().get("value", ""))) {
      throw new UntrustedException(
          Reason.ALMOST_IDENTICAL,
          "the signature to be added is almost identical to an existing one",
          describe(signature) + ", but it does not match exactly",
          List.of(
              "give the same chain certificates as before, or publish the package again and sign"
                  + " it anew"));
    }
    return true;
  }

  private static boolean isSame(SignatureAction one, SignatureAction other) {
    return java.util.Objects.equals(one.payload(), other.payload())
        && one.attributes().get("algorithm", "").equals(other.attributes().get("algorithm", ""))
        && one.attributes().get("version", "").equals(other.attributes().get("version", ""));
  }

  private static String describe(SignatureAction signature) {
    return "both have the hash '"
        + (signature.payload() == null ? "" : signature.payload())
        + "', the algorithm '"
        + signature.attributes().get("algorithm", "")
        + "' and the version '"
        + signature.attributes().get("version", "")
        + "'";
  }
}

package emblema.core.error;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A signature or certificate that cannot be relied on (spec signing, section 7). */
public final class UntrustedException extends EmblemaException {

  /** What is wrong, for programs; people read the message. */
  public enum Reason {
    /** The signature is not over this text by this key. */
    UNVERIFIED_SIGNATURE,
    /** No trust anchor is reached. */
    BROKEN_CHAIN,
    SELF_SIGNED,
    REVOKED,
    UNSUPPORTED_CRITICAL_EXTENSION,
    UNSUPPORTED_EXTENSION_VALUE,
    INVALID_EXTENSIONS,
    /** The certificate may not be used for this. */
    INAPPROPRIATE_USE,
    /** More certificates lie below an authority than it allows. */
    PATH_TOO_LONG,
    /** Only where validity times are checked. */
    NOT_VALID_NOW,
    /** A certificate is not the one that the signature names. */
    MODIFIED_CERTIFICATE,
    MISSING_CERTIFICATE,
    MISSING_NAMES,
    SIGNATURE_REQUIRED,
    /** Key and certificate do not belong together. */
    WRONG_KEY,
    ALMOST_IDENTICAL,
    DUPLICATE_SIGNATURES
  }

  private final Reason reason;

  public UntrustedException(
      Reason reason, String message, @Nullable String detail, List<String> hints) {
    super(message, detail, hints, null);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The same error as the cause of a larger one. */
  public UntrustedException because(String message) {
    String causes =
        Stream.concat(Stream.of(String.valueOf(getMessage())), detail().stream())
            .collect(Collectors.joining("\n"));
    return new UntrustedException(reason, message, causes, hints());
  }

  @Override
  public int exitCode() {
    return 1;
  }
}

package emblema.store.transaction;

import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a transaction: seconds since the epoch, an underscore and the percent-encoded FMRI
 * (spec repository, section 11). It is a directory's name, and part of an address as it is.
 */
public record TransactionId(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,18}_[A-Za-z0-9%._~-]{1,1000}");

  public TransactionId {
    if (!FORM.matcher(text).matches()) {
      throw unknown(text);
    }
  }

  /** Nothing if the text cannot be one. */
  public static Optional<TransactionId> find(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new TransactionId(text)) : Optional.empty();
  }

  /** Of a package with publisher and timestamp. */
  public static TransactionId of(Fmri fmri) {
    long seconds = fmri.requireVersion().instant().orElseThrow().getEpochSecond();
    return new TransactionId(Math.max(0, seconds) + "_" + PercentEncoding.encode(fmri.toString()));
  }

  /**
   * From an address, where the part after the underscore is decoded by servers that decode path
   * elements, or still encoded.
   */
  public static TransactionId parse(String text) {
    int mark = text.indexOf('_');
    if (mark < 0 || FORM.matcher(text).matches()) {
      return new TransactionId(text);
    }
    String encoded = PercentEncoding.encode(text.substring(mark + 1));
    if (!FORM.matcher(text.substring(0, mark + 1) + encoded).matches()) {
      throw unknown(text);
    }
    return new TransactionId(text.substring(0, mark + 1) + encoded);
  }

  /** The package that is published. */
  public Fmri fmri() {
    try {
      String decoded = PercentEncoding.decode(text.substring(text.indexOf('_') + 1));
      return Optional.of(Fmri.parse(decoded))
          .filter(fmri -> fmri.publisher() != null && fmri.version() != null)
          .orElseThrow(() -> unknown(text));
    } catch (MalformedException e) {
      throw unknown(text);
    }
  }

  /** For an identifier that no open transaction has. */
  public static NotFoundException unknown(String text) {
    return new NotFoundException(
        "no transaction matching '" + text + "' could be found",
        "it was closed or abandoned, or never opened in this repository");
  }

  @Override
  public String toString() {
    return text;
  }
}

package emblema.publisher.sign;

import emblema.core.error.EmblemaException;
import emblema.core.fmri.Fmri;

/** What became of one package that was to be signed. */
public sealed interface SignedPackage {
  Fmri fmri();

  /** It bears the signature now, or would. */
  record Signed(Fmri fmri) implements SignedPackage {}

  /** It bore this very signature before. */
  record Already(Fmri fmri) implements SignedPackage {}

  /** It is as it was. */
  record Failed(Fmri fmri, EmblemaException error) implements SignedPackage {}
}

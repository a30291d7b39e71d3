package emblema.store.search;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import java.util.function.BiConsumer;

/** What an index is made from. */
public interface IndexSource {

  /** Changes whenever the packages do; an index with the same stamp is not looked at further. */
  String stamp();

  /** Every package, with a text that changes when its manifest does, for example a hash. */
  void forEachPackage(BiConsumer<Fmri, String> each);

  /** The bytes of a manifest. */
  byte[] manifest(Fmri fmri);

  /** Whether an action can be found; images leave out those of other variants. */
  default boolean accepts(Action action) {
    return true;
  }
}

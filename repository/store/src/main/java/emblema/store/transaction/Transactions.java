package emblema.store.transaction;

import emblema.core.fmri.Fmri;
import java.util.List;

/**
 * The open transactions of one repository. They are directories on its disk: any process that may
 * write the repository can go on with one, and a crash of all of them loses none. Safe for several
 * threads and processes at once.
 */
public interface Transactions {

  /**
   * Begins a new package; conflict if the catalog has it, or if the same is open already.
   *
   * @param fmri with a version; without publisher the default one is meant, without timestamp now;
   *     an unknown publisher is added
   */
  Transaction open(Fmri fmri);

  /**
   * Begins an addition of signatures to a package that is published.
   *
   * @param fmri with a full version
   */
  Transaction append(Fmri fmri);

  /** An open one; not found if it is not open (any more). */
  Transaction resume(TransactionId id);

  /** What is open, sorted. */
  List<TransactionId> open();

  /**
   * Finishes what a crash interrupted while it was being closed, after its content was in place;
   * what is still being filled stays open. Publishing needs no call of this.
   *
   * @return what was finished
   */
  List<Fmri> recover();
}

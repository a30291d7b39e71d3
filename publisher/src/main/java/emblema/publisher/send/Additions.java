package emblema.publisher.send;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.error.PartialException;
import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import emblema.core.manifest.Manifest;
import emblema.publisher.bundle.Bundle;
import emblema.store.publication.PayloadSource;
import emblema.store.transaction.Transaction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Actions put into a transaction that stays open (spec pkgsend, section 1, the legacy family). */
public final class Additions {
  private final Transaction transaction;
  private final PayloadSearch payloads;

  public Additions(Transaction transaction, PayloadSearch payloads) {
    this.transaction = transaction;
    this.payloads = payloads;
  }

  /** Adds all, up to the first that is refused. */
  public void addOrFail(Manifest manifest) {
    payloads.prepare(manifest).actions().forEach(this::add);
  }

  /**
   * Adds all that are not refused.
   *
   * @param refused told why, of each that is
   * @throws PartialException if some were refused
   * @throws ConflictException if all were
   */
  public void addAll(Manifest manifest, Consumer<EmblemaException> refused) {
    int added = 0;
    int wrong = 0;
    for (Action action : manifest.actions()) {
      try {
        add(payloads.prepare(action));
        added++;
      } catch (StorageException | UnreachableException | LockedException e) {
        throw e;
      } catch (EmblemaException e) {
        refused.accept(e);
        wrong++;
      }
    }
    if (wrong > 0 && added == 0) {
      throw new ConflictException("none of the " + wrong + " actions was added");
    }
    if (wrong > 0) {
      throw new PartialException(wrong + " of " + (wrong + added) + " actions were not added");
    }
  }

  private void add(Action action) {
    boolean hasContent = action.type().hasPayload() && action.payload() != null;
    transaction.add(action, hasContent ? payloads.apply(action) : null);
  }

  /** Adds what a bundle holds. */
  public static void addAll(Transaction transaction, Bundle bundle) {
    bundle.forEach(
        entry -> {
          @Nullable PayloadSource content = entry.content();
          transaction.add(entry.action(), content);
        });
  }
}

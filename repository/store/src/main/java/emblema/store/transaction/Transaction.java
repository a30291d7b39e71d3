package emblema.store.transaction;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.store.publication.PayloadSource;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One package being published. Nothing of it is visible before {@link #close}; everything after it.
 * Each call leaves the transaction as it was if it fails.
 */
public interface Transaction {
  TransactionId id();

  /** With publisher and full version. */
  Fmri fmri();

  /** Whether signatures are added to a published package. */
  boolean isAppend();

  /**
   * Adds one action.
   *
   * @param content of a payload action, null for others; where the action's payload is the SHA-1 of
   *     a payload that is stored or was uploaded before, it may be null too
   */
  void add(Action action, @Nullable PayloadSource content);

  /**
   * Takes a payload as it will be stored, a gzip stream; integrity error if its content has not
   * this name.
   *
   * @param sha1 of the content
   */
  void upload(String sha1, InputStream stored);

  /**
   * Takes content, hashes and compresses it.
   *
   * @return its SHA-1, which is its name
   */
  String uploadContent(InputStream content);

  /**
   * Adds the actions of a manifest that does not name the package.
   *
   * @param text plain or gzip
   */
  void addManifest(InputStream text);

  /**
   * Publishes. Refused while a payload that the manifest names is neither stored nor uploaded. May
   * be repeated after a crash.
   *
   * @param catalogued whether the package enters the catalog now; otherwise a refresh adds it
   * @return the name it was published under
   */
  Fmri close(boolean catalogued);

  /** Forgets all of it. */
  void abandon();
}

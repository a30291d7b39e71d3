package emblema.store.file;

import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import java.util.regex.Pattern;

/**
 * The names within one publisher's store (spec repository, section 2). In a version 3 repository
 * the store is the repository itself.
 *
 * @param root of the store, relative to the repository
 */
public record StoreLayout(SafePath root) {
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

  public SafePath catalog() {
    return root.resolve("catalog");
  }

  /** What the reference calls the catalog that it is about to replace. */
  public SafePath oldCatalog() {
    return root.resolve("old.catalog");
  }

  public SafePath temporary() {
    return root.resolve("tmp");
  }

  public SafePath lock() {
    return temporary().resolve("lock");
  }

  /** One directory a package name, one file a version. */
  public SafePath manifests() {
    return root.resolve("pkg");
  }

  public SafePath manifestDirectory(Fmri fmri) {
    return manifests().resolve(fmri.stemElement());
  }

  public SafePath manifest(Fmri fmri) {
    return manifestDirectory(fmri).resolve(fmri.versionElement());
  }

  /** Transactions of {@code pkgsend}, one directory each. */
  public SafePath transactions() {
    return root.resolve("trans");
  }

  /** Where {@code pkgrepo fix} puts what is damaged. */
  public SafePath quarantine() {
    return root.resolve("pkg5-quarantine");
  }

  /** Which packages are being taken out of the store, while that is done. */
  SafePath withdrawalJournal() {
    return temporary().resolve("withdrawal");
  }

  public SafePath files() {
    return root.resolve("file");
  }

  public SafePath payloadDirectory(String sha1) {
    return files().resolve(requireSha1(sha1).substring(0, 2));
  }

  public SafePath payload(String sha1) {
    return payloadDirectory(sha1).resolve(sha1);
  }

  /** Where repositories of version 2 and 3 may still keep a payload. */
  public SafePath oldPayload(String sha1) {
    return payloadDirectory(sha1).resolve(sha1.substring(2, 8)).resolve(sha1);
  }

  /** The publisher's configuration; version 4 only. */
  public SafePath publisherInformation() {
    return root.resolve("pub.p5i");
  }

  /** Whether a text is the name of a payload: 40 lower-case hex digits. */
  public static boolean isSha1(String text) {
    return SHA1.matcher(text).matches();
  }

  private static String requireSha1(String text) {
    if (!isSha1(text)) {
      throw new MalformedException(
          "'" + text + "' is not the name of a payload", "payloads are named by 40 hex digits");
    }
    return text;
  }
}

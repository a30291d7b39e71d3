package emblema.store.check;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogFiles;
import emblema.store.catalog.CatalogSignature;
import emblema.store.file.PublisherStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the files of a catalog are whole and belong together: each signed by its bytes, each with
 * the signature that {@code catalog.attrs} names.
 */
final class CatalogCheck {
  private static final int ATTEMPTS = 5;

  private final PublisherStore store;

  CatalogCheck(PublisherStore store) {
    this.store = store;
  }

  /** What is wrong; looked at again when a writer replaced the catalog meanwhile. */
  List<Finding> check() {
    List<Finding> findings = List.of();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Object before = identity();
      findings = checkOnce();
      if (findings.isEmpty() || before.equals(identity())) {
        return findings;
      }
    }
    return findings;
  }

  private Object identity() {
    return store
        .disk()
        .stat(store.layout().catalog())
        .map(stat -> (Object) List.of(stat.inode(), stat.ctime()))
        .orElse("none");
  }

  private List<Finding> checkOnce() {
    if (!store.hasCatalog()) {
      if (isUnbegun()) {
        return List.of();
      }
      return List.of(finding(CatalogAttributes.FILE, new NotFoundException("it does not exist")));
    }
    CatalogFiles files = store.catalogFiles();
    CatalogAttributes attributes;
    try {
      byte[] bytes = files.read(CatalogAttributes.FILE);
      CatalogSignature.verify(bytes, files.describe(CatalogAttributes.FILE));
      attributes = CatalogAttributes.parse(bytes, files.describe(CatalogAttributes.FILE));
    } catch (EmblemaException e) {
      return List.of(finding(CatalogAttributes.FILE, e));
    }
    Map<String, CatalogAttributes.FileState> listed = new TreeMap<>(attributes.parts());
    listed.putAll(attributes.updates());
    List<Finding> findings = new ArrayList<>();
    listed.forEach(
        (name, state) -> {
          try {
            String where = files.describe(name);
            String actual = CatalogSignature.verify(files.read(name), where);
            if (!actual.equals(state.signature())) {
              throw new IntegrityException(where, "signature", state.signature(), actual);
            }
          } catch (EmblemaException e) {
            findings.add(finding(name, e));
          }
        });
    return findings;
  }

  /**
   * A publisher that was being added when the command was killed: its catalog comes last, and the
   * same command completes it.
   */
  private boolean isUnbegun() {
    SafePath manifests = store.layout().manifests();
    return store.disk().stat(store.layout().catalog()).isEmpty()
        && (store.disk().stat(manifests).isEmpty() || store.disk().list(manifests).isEmpty());
  }

  private Finding finding(String name, EmblemaException problem) {
    SafePath path = store.layout().catalog().resolve(name);
    return of(store, path, problem);
  }

  static Finding of(PublisherStore store, SafePath path, EmblemaException problem) {
    boolean hashes = problem instanceof IntegrityException;
    return Finding.of(
        Finding.Kind.DAMAGED_CATALOG,
        store.prefix(),
        null,
        path,
        "Damaged catalog.",
        Finding.REPOSITORY_PATH,
        store.disk().describe(path),
        Finding.EXPECTED,
        hashes ? ((IntegrityException) problem).expected() : "",
        Finding.COMPUTED,
        hashes ? ((IntegrityException) problem).actual() : "",
        Finding.DETAIL,
        hashes ? "" : String.valueOf(problem.getMessage()));
  }
}

package emblema.store.catalog;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of a catalog, byte for byte: attributes, parts of every locale and update logs, each
 * found to fit its signature.
 *
 * @param attributes what {@code catalog.attrs} says
 * @param files by name
 */
public record CatalogCopy(CatalogAttributes attributes, SortedMap<String, byte[]> files) {
  private static final int ATTEMPTS = 3;

  /** Reads them; again where the catalog changed while they were read. */
  public static CatalogCopy of(CatalogFiles origin) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(origin);
      } catch (IntegrityException | NotFoundException e) {
        requireAnother(attempt, e);
      }
    }
  }

  private static void requireAnother(int attempt, EmblemaException failure) {
    if (attempt >= ATTEMPTS) {
      throw failure;
    }
  }

  private static CatalogCopy read(CatalogFiles origin) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    byte[] bytes = origin.read(CatalogAttributes.FILE);
    String where = origin.describe(CatalogAttributes.FILE);
    String ignored = CatalogSignature.verify(bytes, where);
    CatalogAttributes attributes = CatalogAttributes.parse(bytes, where);
    for (Map<String, CatalogAttributes.FileState> listed :
        List.of(attributes.parts(), attributes.updates())) {
      for (Map.Entry<String, CatalogAttributes.FileState> each : listed.entrySet()) {
        String name = each.getKey();
        byte[] file = origin.read(name);
        String signature = CatalogSignature.verify(file, origin.describe(name));
        if (!signature.equals(each.getValue().signature())) {
          throw new IntegrityException(
              origin.describe(name),
              "signature of the catalog file",
              each.getValue().signature(),
              signature);
        }
        files.put(name, file);
      }
    }
    files.put(CatalogAttributes.FILE, bytes);
    return new CatalogCopy(attributes, files);
  }
}

package emblema.store.check;

import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a repository (spec pkgrepo, section 5).
 *
 * @param publisher whose store it is
 * @param fmri the package that suffers, or null
 * @param path the object, relative to the repository, or null
 * @param header what it is, in the reference's words where it has any
 * @param facts label to value, in the order of printing
 */
public record Finding(
    Kind kind,
    String publisher,
    @Nullable Fmri fmri,
    @Nullable SafePath path,
    String header,
    SequencedMap<String, String> facts) {

  /** What can be wrong, and what {@code fix} does about it. */
  public enum Kind {
    /** The content is not what the manifest promises: payload and packages are quarantined. */
    BAD_HASH(Remedy.PAYLOAD),
    /** The stored bytes are no gzip stream, or end early: payload and packages are quarantined. */
    BAD_GZIP(Remedy.PAYLOAD),
    /** The content is right, but compressed otherwise than promised: the package is quarantined. */
    BAD_COMPRESSION(Remedy.PACKAGE),
    /** The package is quarantined and must be published again. */
    MISSING_FILE(Remedy.PACKAGE),
    /** Not readable as a manifest, or not the one that the catalog lists. */
    CORRUPT_MANIFEST(Remedy.PACKAGE),
    /** Something that is no manifest lies where manifests are. */
    STRAY(Remedy.PACKAGE),
    /** The catalog lists a package that has no manifest: the catalog forgets it. */
    MISSING_MANIFEST(Remedy.PACKAGE),
    BAD_SIGNATURE(Remedy.PACKAGE),
    /** The catalog is made anew. */
    DAMAGED_CATALOG(Remedy.CATALOG),
    /** The catalog says other things than the manifest, which is whole: it is made anew. */
    STALE_CATALOG(Remedy.CATALOG),
    UNREADABLE(Remedy.NONE),
    DEPENDENCY(Remedy.NONE),
    /** A warning. */
    OPEN_PERMISSIONS(Remedy.NONE);

    private final Remedy remedy;

    Kind(Remedy remedy) {
      this.remedy = remedy;
    }

    public Remedy remedy() {
      return remedy;
    }

    public boolean isWarning() {
      return this == OPEN_PERMISSIONS;
    }
  }

  /** What is moved away, or made anew. */
  public enum Remedy {
    PAYLOAD,
    PACKAGE,
    CATALOG,
    NONE
  }

  public static final String PACKAGE = "Package";
  public static final String REPOSITORY_PATH = "Repository path";
  public static final String COMPUTED = "Computed hash";
  public static final String EXPECTED = "Expected hash";
  public static final String PATH = "Path";
  public static final String DETAIL = "Detail";
  public static final String DEPENDENCY = "Dependency";
  public static final String DEPENDENCY_TYPE = "Dependency type";

  public Finding {
    facts = new LinkedHashMap<>(facts);
  }

  /**
   * @param labelsAndValues in turn; an empty value is left out
   */
  static Finding of(
      Kind kind,
      String publisher,
      @Nullable Fmri fmri,
      @Nullable SafePath path,
      String header,
      String... labelsAndValues) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    if (fmri != null) {
      facts.put(PACKAGE, fmri.toString());
    }
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      if (!labelsAndValues[i + 1].isEmpty()) {
        facts.put(labelsAndValues[i], labelsAndValues[i + 1]);
      }
    }
    return new Finding(kind, publisher, fmri, path, header, facts);
  }

  /** The value of a fact, or empty text. */
  public String fact(String label) {
    return facts.getOrDefault(label, "");
  }

  /** The same with more to say. */
  Finding with(Map<String, String> more) {
    SequencedMap<String, String> all = new LinkedHashMap<>(facts);
    all.putAll(more);
    return new Finding(kind, publisher, fmri, path, header, all);
  }
}

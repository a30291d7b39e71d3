package emblema.image.image;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names that group dependencies do not install (spec image-layout, section 5.1).
 *
 * @param reasons stems to why
 */
public record Avoided(SortedMap<String, Reason> reasons) {
  public static final Avoided NONE = new Avoided(new TreeMap<>());

  /** Why a name is avoided. */
  public enum Reason {
    /** The administrator said so. */
    AVOID("avoid"),
    /** The solver left it out; worked out anew each time. */
    IMPLICIT("implicit-avoid"),
    /** Its newest version is obsolete. */
    OBSOLETE("obsolete");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As stored. */
    public String word() {
      return word;
    }
  }

  public Avoided {
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
  }

  public boolean contains(String stem) {
    return reasons.get(stem) == Reason.AVOID;
  }

  public Avoided with(String stem, Reason reason) {
    Map<String, Reason> copy = new TreeMap<>(reasons);
    copy.put(stem, reason);
    return new Avoided(new TreeMap<>(copy));
  }

  public Avoided without(String stem) {
    SortedMap<String, Reason> copy = new TreeMap<>(reasons);
    copy.remove(stem);
    return new Avoided(copy);
  }
}

package emblema.image.image;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Packages held at a version (spec image-layout, section 5.2).
 *
 * @param freezes stems to freezes
 */
public record Frozen(SortedMap<String, Freeze> freezes) {
  public static final Frozen NONE = new Frozen(new TreeMap<>());

  /**
   * @param fmri without publisher; its version is compared as far as it goes
   * @param comment why, or null
   * @param since seconds are kept
   */
  public record Freeze(Fmri fmri, @Nullable String comment, Instant since) {}

  public Frozen {
    freezes = Collections.unmodifiableSortedMap(new TreeMap<>(freezes));
  }

  public Optional<Freeze> of(String stem) {
    return Optional.ofNullable(freezes.get(stem));
  }

  /** Whether a freeze allows this version of the package. */
  public boolean holds(Fmri fmri) {
    Freeze freeze = freezes.get(fmri.stem());
    return freeze != null
        && fmri.requireVersion()
            .isSuccessorOf(freeze.fmri().requireVersion(), Version.Constraint.AUTO);
  }

  public Frozen with(Freeze freeze) {
    SortedMap<String, Freeze> copy = new TreeMap<>(freezes);
    copy.put(freeze.fmri().stem(), freeze);
    return new Frozen(copy);
  }

  public Frozen without(String stem) {
    SortedMap<String, Freeze> copy = new TreeMap<>(freezes);
    copy.remove(stem);
    return new Frozen(copy);
  }
}

package emblema.image.image;

import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.OsNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All package versions that an image knows or has installed, with the avoid and freeze lists: one
 * immutable value that {@link StateStore} reads and replaces whole (spec image-layout, sections 4
 * and 5).
 */
public final class ImageState {
  /** Stem, publisher, version ascending. */
  public static final Comparator<StateEntry> ORDER =
      Comparator.comparing((StateEntry entry) -> entry.fmri().stem(), OsNames::compare)
          .thenComparing(entry -> publisherOf(entry.fmri()), OsNames::compare)
          .thenComparing(entry -> entry.fmri().requireVersion());

  private final Instant lastModified;
  private final List<StateEntry> entries;
  private final Avoided avoided;
  private final Frozen frozen;
  private final Map<String, List<StateEntry>> byStem = new HashMap<>();

  /**
   * @param lastModified identifies this state; microseconds
   */
  public ImageState(
      Instant lastModified, Collection<StateEntry> entries, Avoided avoided, Frozen frozen) {
    this.lastModified = lastModified.truncatedTo(ChronoUnit.MICROS);
    this.entries = entries.stream().sorted(ORDER).toList();
    this.avoided = avoided;
    this.frozen = frozen;
    for (StateEntry entry : this.entries) {
      byStem.computeIfAbsent(entry.fmri().stem(), stem -> new ArrayList<>()).add(entry);
    }
  }

  public static ImageState empty(Instant now) {
    return new ImageState(now, List.of(), Avoided.NONE, Frozen.NONE);
  }

  /** When packages changed last; a plan made at another moment is no longer valid. */
  public Instant lastModified() {
    return lastModified;
  }

  public Avoided avoided() {
    return avoided;
  }

  public Frozen frozen() {
    return frozen;
  }

  /** Everything known or installed, by stem, publisher and version ascending. */
  public List<StateEntry> entries() {
    return entries;
  }

  /** All versions of one name, from all publishers, in the order of {@link #entries}. */
  public List<StateEntry> versions(String stem) {
    return byStem.getOrDefault(stem, List.of());
  }

  public Optional<StateEntry> entry(Fmri fmri) {
    return versions(fmri.stem()).stream().filter(e -> e.fmri().equals(fmri)).findFirst();
  }

  public List<StateEntry> installed() {
    return entries.stream().filter(StateEntry::isInstalled).toList();
  }

  /** The installed version of one name. */
  public Optional<StateEntry> installed(String stem) {
    return versions(stem).stream().filter(StateEntry::isInstalled).findFirst();
  }

  public ImageState withAvoided(Avoided changed) {
    return new ImageState(lastModified, entries, changed, frozen);
  }

  /** With another freeze list; the flags of the packages follow. */
  public ImageState withFrozen(Frozen changed) {
    return new ImageState(lastModified, Availability.marked(entries, changed), avoided, changed);
  }

  /** The same content, changed now. */
  public ImageState modified(Instant now) {
    return new ImageState(now, entries, avoided, frozen);
  }

  /** With one entry replaced by another of the same FMRI. */
  public ImageState replacing(StateEntry changed) {
    List<StateEntry> copy = new ArrayList<>(entries);
    copy.replaceAll(entry -> entry.fmri().equals(changed.fmri()) ? changed : entry);
    return new ImageState(lastModified, copy, avoided, frozen);
  }

  /**
   * The state after an operation (image-layout, 4.3): times and flags follow the packages; what is
   * neither installed nor known any more is forgotten.
   *
   * @throws NotFoundException for a package that comes and is not known
   */
  public ImageState after(List<PackageChange> changes, Instant now) {
    Map<Fmri, StateEntry> next = new HashMap<>();
    entries.forEach(entry -> next.put(entry.fmri(), entry));
    for (PackageChange change : changes) {
      leave(next, change);
    }
    for (PackageChange change : changes) {
      arrive(next, change, now);
    }
    next.values().removeIf(e -> !e.isInstalled() && !e.has(PackageFlag.KNOWN));
    return new ImageState(now, Availability.marked(next.values(), frozen), avoided, frozen);
  }

  private static void leave(Map<Fmri, StateEntry> next, PackageChange change) {
    Fmri before = change.before();
    StateEntry old = before == null ? null : next.get(before);
    if (old != null && !old.fmri().equals(change.after())) {
      next.put(
          old.fmri(),
          old.without(PackageFlag.INSTALLED).without(PackageFlag.MANUAL).withTimes(null, null));
    }
  }

  private void arrive(Map<Fmri, StateEntry> next, PackageChange change, Instant now) {
    Fmri after = change.after();
    if (after == null) {
      return;
    }
    StateEntry known = next.get(after);
    if (known == null) {
      throw new NotFoundException("package '" + after + "' is not known to the image");
    }
    @Nullable StateEntry old = change.before() == null ? null : entry(change.before()).orElse(null);
    boolean manual =
        change.manual()
            || known.has(PackageFlag.MANUAL)
            || (old != null && old.has(PackageFlag.MANUAL));
    Instant installed = old == null || old.lastInstall() == null ? now : old.lastInstall();
    Instant updated = old == null ? null : old.fmri().equals(after) ? old.lastUpdate() : now;
    next.put(
        after,
        known
            .with(PackageFlag.INSTALLED)
            .withFlag(PackageFlag.MANUAL, manual)
            .withTimes(installed, updated));
  }

  /**
   * The state after the catalogs of publishers were read anew (image-layout, 4.4): what is
   * installed stays even when nobody offers it any more.
   *
   * @param offered everything in the catalogs of all enabled publishers
   */
  public ImageState withKnown(Collection<StateEntry> offered, Instant now) {
    Map<Fmri, StateEntry> next = new TreeMap<>();
    Map<Fmri, StateEntry> installed = new HashMap<>();
    installed().forEach(entry -> installed.put(entry.fmri(), entry));
    for (StateEntry entry : offered) {
      StateEntry old = installed.get(entry.fmri());
      StateEntry known = entry.with(PackageFlag.KNOWN).with(PackageFlag.CATALOG_V1);
      next.put(
          entry.fmri(),
          old == null
              ? known
              : known
                  .with(PackageFlag.INSTALLED)
                  .withFlag(PackageFlag.MANUAL, old.has(PackageFlag.MANUAL))
                  .withTimes(old.lastInstall(), old.lastUpdate()));
    }
    installed.forEach((fmri, old) -> next.putIfAbsent(fmri, old.without(PackageFlag.KNOWN)));
    return new ImageState(now, Availability.marked(next.values(), frozen), avoided, frozen);
  }

  /** Whether both hold the same entries and lists, whenever they were made. */
  public boolean isSameAs(ImageState other) {
    Set<StateEntry> mine = new HashSet<>(entries);
    return entries.size() == other.entries.size()
        && mine.containsAll(other.entries)
        && avoided.equals(other.avoided)
        && frozen.equals(other.frozen);
  }

  static String publisherOf(Fmri fmri) {
    return fmri.publisherIfAny().orElse("");
  }
}

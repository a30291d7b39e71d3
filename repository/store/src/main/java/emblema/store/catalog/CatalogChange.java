package emblema.store.catalog;

import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds the directory of a changed catalog beside the present one (sections 8 and 9): update logs,
 * then parts, then the attributes. Files that do not change are the same files, linked. Nothing is
 * synced and nothing becomes visible; that is the publication's work.
 */
public final class CatalogChange {
  private static final int FILE_MODE = 0644;

  private final Disk disk;
  private final SafePath directory;
  private final String publisher;
  private final CatalogAttributes before;
  private final @Nullable SafePath old;
  private final boolean logged;

  /**
   * @param directory to be filled; exists and is empty
   * @param old the present catalog, or null
   * @param before the attributes of the present catalog
   * @param logged whether update logs are written, as all but a rebuild does
   */
  public CatalogChange(
      Disk disk,
      SafePath directory,
      String publisher,
      @Nullable SafePath old,
      CatalogAttributes before,
      boolean logged) {
    this.disk = disk;
    this.directory = directory;
    this.publisher = publisher;
    this.old = old;
    this.before = before;
    this.logged = logged;
  }

  /**
   * Writes the new catalog with more packages.
   *
   * @param now becomes the time of the change, unless the catalog is already as new as that
   */
  public CatalogAttributes add(List<CatalogAddition> additions, Instant now) {
    return change(List.of(), additions, now);
  }

  /**
   * Writes the new catalog, some of whose packages replace earlier ones of the same version, as
   * signing does.
   *
   * @param replaced what the catalog has of those
   */
  public CatalogAttributes put(
      List<CatalogAddition> additions, List<CatalogAddition> replaced, Instant now) {
    return change(replaced.stream().map(CatalogAddition::fmri).toList(), additions, now);
  }

  /**
   * Writes the new catalog without some packages and with others; one that is in both lists is
   * replaced, as signing does. Removals are dated one microsecond before additions.
   *
   * @param removals with full versions; not found if the catalog lacks one
   * @param now becomes the time of the change, unless the catalog is already as new as that
   */
  public CatalogAttributes change(
      Collection<Fmri> removals, List<CatalogAddition> additions, Instant now) {
    Instant removed = later(now.truncatedTo(ChronoUnit.MICROS));
    Instant when =
        removals.isEmpty() || additions.isEmpty() ? removed : removed.plus(1, ChronoUnit.MICROS);
    SortedMap<String, Map<String, List<Json.Members>>> byPart = new TreeMap<>();
    for (CatalogAddition addition : additions) {
      addition.entries().forEach((part, entry) -> put(byPart, part, addition.fmri().stem(), entry));
    }
    Map<String, Set<String>> unwanted = new TreeMap<>();
    for (Fmri each : removals) {
      unwanted
          .computeIfAbsent(each.stem(), ignored -> new TreeSet<>())
          .add(each.requireVersion().toString());
    }
    SortedSet<String> touched = new TreeSet<>(byPart.keySet());
    if (!unwanted.isEmpty()) {
      touched.addAll(before.parts().keySet());
    }
    SortedMap<String, CatalogAttributes.FileState> parts = new TreeMap<>(before.parts());
    SortedMap<String, SortedMap<String, Json.Members>> gone = new TreeMap<>();
    long stems = before.packageCount();
    long versions = before.packageVersionCount();
    for (String part : touched) {
      Map<String, List<Json.Members>> added = byPart.getOrDefault(part, Map.of());
      PartMerge.Outcome outcome = merge(part, added, unwanted, PartMerge.Order.BY_VERSION, when);
      outcome
          .removed()
          .forEach(
              (name, entry) ->
                  gone.computeIfAbsent(name, ignored -> new TreeMap<>()).put(part, entry));
      if (!added.isEmpty() || !outcome.removed().isEmpty()) {
        parts.put(part, new CatalogAttributes.FileState(when, outcome.signature()));
      }
      if (part.equals(ActionRouting.BASE)) {
        stems = outcome.stems();
        versions = outcome.entries();
        requireAll(removals, outcome.removed().keySet());
      }
    }
    SortedMap<String, CatalogAttributes.FileState> updates = new TreeMap<>(before.updates());
    SortedSet<String> logs = new TreeSet<>();
    if (logged) {
      UpdateRecords records = new UpdateRecords();
      for (Fmri each : removals) {
        String version = each.requireVersion().toString();
        records.record(
            "remove",
            each.stem(),
            version,
            gone.getOrDefault(PartMerge.key(each.stem(), version), new TreeMap<>()),
            removed);
      }
      for (CatalogAddition each : additions) {
        records.record("add", each.fmri().stem(), each.version(), each.entries(), when);
      }
      records
          .byLog()
          .forEach(
              (name, added) -> {
                PartMerge.Outcome outcome =
                    merge(name, added, Map.of(), PartMerge.Order.AS_ADDED, when);
                updates.put(name, new CatalogAttributes.FileState(when, outcome.signature()));
              });
      logs.addAll(records.byLog().keySet());
    }
    linkUnchanged(touched, logs);
    CatalogAttributes after =
        new CatalogAttributes(
            before.created(), when, stems, versions, parts, updates, before.features());
    writeAttributes(after);
    return after;
  }

  private static void requireAll(Collection<Fmri> wanted, Set<String> found) {
    for (Fmri each : wanted) {
      if (!found.contains(PartMerge.key(each.stem(), each.requireVersion().toString()))) {
        throw new NotFoundException("package '" + each + "' is not in the catalog");
      }
    }
  }

  /** The file {@code catalog.attrs} alone: a catalog without packages. */
  public void writeAttributes(CatalogAttributes attributes) {
    SafePath file = directory.resolve(CatalogAttributes.FILE);
    try (OutputStream out = disk.create(file, FILE_MODE)) {
      out.write(attributes.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stamp(file, attributes.lastModified());
  }

  /** Time must not stand still for clients that update step by step, whatever the clock says. */
  private Instant later(Instant now) {
    Instant last = before.lastModified();
    return now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
  }

  private static void put(
      Map<String, Map<String, List<Json.Members>>> files,
      String file,
      String stem,
      Json.Members entry) {
    files
        .computeIfAbsent(file, ignored -> new TreeMap<>())
        .computeIfAbsent(stem, ignored -> new ArrayList<>())
        .add(entry);
  }

  private PartMerge.Outcome merge(
      String name,
      Map<String, List<Json.Members>> added,
      Map<String, Set<String>> removed,
      PartMerge.Order order,
      Instant when) {
    SafePath file = directory.resolve(name);
    PartMerge merge = new PartMerge(publisher, order, before.features());
    PartMerge.Outcome outcome;
    try (OutputStream out = new BufferedOutputStream(disk.create(file, FILE_MODE), 1 << 16);
        PartReader present = present(name).orElse(null)) {
      outcome = merge.write(present, added, removed, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stamp(file, when);
    return outcome;
  }

  private Optional<PartReader> present(String name) {
    boolean listed = before.parts().containsKey(name) || before.updates().containsKey(name);
    if (old == null || !listed) {
      return Optional.empty();
    }
    SafePath file = old.resolve(name);
    return Optional.of(new PartReader(disk.read(file), disk.describe(file), publisher));
  }

  private void linkUnchanged(Set<String> changedParts, Set<String> changedLogs) {
    if (old == null) {
      return;
    }
    Set<String> names = new TreeSet<>(before.parts().keySet());
    names.addAll(before.updates().keySet());
    names.removeAll(changedParts);
    names.removeAll(changedLogs);
    for (String name : names) {
      disk.link(old.resolve(name), directory.resolve(name));
    }
  }

  private void stamp(SafePath file, Instant when) {
    long seconds = when.getEpochSecond() * 1_000_000_000L;
    disk.setTimes(file, seconds, seconds);
  }
}

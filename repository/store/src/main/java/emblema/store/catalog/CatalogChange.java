package emblema.store.catalog;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds the directory of a catalog with more packages beside the present one (sections 8 and 9):
 * update logs, then parts, then the attributes. Files that do not change are the same files,
 * linked. Nothing is synced and nothing becomes visible; that is the publication's work.
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
   * Writes the new catalog.
   *
   * @param now becomes the time of the change, unless the catalog is already as new as that
   */
  public CatalogAttributes add(List<CatalogAddition> additions, Instant now) {
    return put(additions, List.of(), now);
  }

  /**
   * Writes the new catalog, some of whose packages replace earlier ones of the same version, as
   * signing does.
   *
   * @param replaced what the catalog has of those, for the update logs
   */
  public CatalogAttributes put(
      List<CatalogAddition> additions, List<CatalogAddition> replaced, Instant now) {
    Instant removed = later(now.truncatedTo(ChronoUnit.MICROS));
    Instant when = replaced.isEmpty() ? removed : removed.plus(1, ChronoUnit.MICROS);
    SortedMap<String, Map<String, List<Json.Members>>> byPart = new TreeMap<>();
    SortedMap<String, Map<String, List<Json.Members>>> byLog = new TreeMap<>();
    for (CatalogAddition old : replaced) {
      logEntries(old, old.entries(), "remove", removed)
          .forEach((log, entry) -> put(byLog, log, old.fmri().stem(), entry));
    }
    for (CatalogAddition addition : additions) {
      SortedMap<String, Json.Members> entries = addition.entries();
      String stem = addition.fmri().stem();
      entries.forEach((part, entry) -> put(byPart, part, stem, entry));
      if (logged) {
        logEntries(addition, entries, "add", when)
            .forEach((log, entry) -> put(byLog, log, stem, entry));
      }
    }
    SortedMap<String, CatalogAttributes.FileState> updates = new TreeMap<>(before.updates());
    byLog.forEach(
        (name, added) ->
            updates.put(name, write(name, added, PartMerge.Order.AS_ADDED, Set.of(), when)));
    SortedMap<String, CatalogAttributes.FileState> parts = new TreeMap<>(before.parts());
    Set<String> names = new HashSet<>();
    replaced.forEach(old -> names.add(old.fmri().stem() + "@" + old.version()));
    long stems = before.packageCount();
    long versions = before.packageVersionCount();
    for (var part : byPart.entrySet()) {
      PartMerge.Outcome outcome =
          merge(part.getKey(), part.getValue(), PartMerge.Order.BY_VERSION, names, when);
      parts.put(part.getKey(), new CatalogAttributes.FileState(when, outcome.signature()));
      if (part.getKey().equals(ActionRouting.BASE)) {
        stems = outcome.stems();
        versions = outcome.entries();
      }
    }
    linkUnchanged(byPart.keySet(), byLog.keySet());
    CatalogAttributes after =
        new CatalogAttributes(
            before.created(), when, stems, versions, parts, updates, before.features());
    writeAttributes(after);
    return after;
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

  /** One record for each locale that the package has entries of. */
  private static SortedMap<String, Json.Members> logEntries(
      CatalogAddition addition,
      SortedMap<String, Json.Members> entries,
      String operation,
      Instant when) {
    Set<String> locales = new TreeSet<>();
    entries.keySet().forEach(part -> locales.add(locale(part)));
    SortedMap<String, Json.Members> logs = new TreeMap<>();
    for (String locale : locales) {
      SortedMap<String, Json> members = new TreeMap<>();
      entries.forEach(
          (part, entry) -> {
            if (locale(part).equals(locale)) {
              members.put(part, entry);
            }
          });
      members.put("op-time", new Json.Text(CatalogStamp.write(when)));
      members.put("op-type", new Json.Text(operation));
      members.put("version", new Json.Text(addition.version()));
      logs.put("update." + CatalogStamp.hour(when) + "." + locale, new Json.Members(members));
    }
    return logs;
  }

  /** The text after the second dot. */
  private static String locale(String part) {
    return part.substring(part.indexOf('.', part.indexOf('.') + 1) + 1);
  }

  private CatalogAttributes.FileState write(
      String name,
      Map<String, List<Json.Members>> added,
      PartMerge.Order order,
      Set<String> replaced,
      Instant when) {
    return new CatalogAttributes.FileState(
        when, merge(name, added, order, replaced, when).signature());
  }

  private PartMerge.Outcome merge(
      String name,
      Map<String, List<Json.Members>> added,
      PartMerge.Order order,
      Set<String> replaced,
      Instant when) {
    SafePath file = directory.resolve(name);
    PartMerge merge = new PartMerge(publisher, order, replaced, before.features());
    PartMerge.Outcome outcome;
    try (OutputStream out = new BufferedOutputStream(disk.create(file, FILE_MODE), 1 << 16);
        PartReader present = present(name).orElse(null)) {
      outcome = merge.write(present, added, out);
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

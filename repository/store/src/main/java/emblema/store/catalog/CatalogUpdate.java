package emblema.store.catalog;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a copy of a catalog up to date: by the update logs where that is possible, else whole
 * (sections 10 to 12). What comes of it fits the signatures in the origin's attributes, or is an
 * error; the copy itself is not touched.
 */
public final class CatalogUpdate {

  /** How a copy was brought up to date. */
  public enum Way {
    UNCHANGED,
    BY_LOGS,
    WHOLE
  }

  /**
   * @param attributes of the origin's catalog
   * @param files that the copy must have from now on, besides those that stay; all of them where it
   *     was fetched whole; none if nothing changed
   */
  public record Outcome(Way way, CatalogAttributes attributes, SortedMap<String, byte[]> files) {}

  /** Only the parts of the common locale are copied, as the reference does. */
  private static final String LOCALE = ".C";

  private final String publisher;
  private final CatalogFiles origin;

  private CatalogUpdate(String publisher, CatalogFiles origin) {
    this.publisher = publisher;
    this.origin = origin;
  }

  /**
   * @param copy the files of the present copy, or null
   * @param whole whether all is fetched, even if it seems unchanged
   */
  public static Outcome of(
      String publisher, @Nullable CatalogFiles copy, CatalogFiles origin, boolean whole) {
    CatalogUpdate update = new CatalogUpdate(publisher, origin);
    if (copy != null && !whole) {
      Optional<Outcome> outcome = update.byLogs(copy);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return update.whole();
  }

  private Outcome whole() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    CatalogFiles recording =
        new CatalogFiles() {
          @Override
          public byte[] read(String name) {
            byte[] bytes = origin.read(name);
            files.put(name, bytes);
            return bytes;
          }

          @Override
          public String describe(String name) {
            return origin.describe(name);
          }
        };
    CatalogSnapshot snapshot = CatalogSnapshot.read(publisher, recording);
    files.keySet().removeIf(name -> !isCopied(name, snapshot.attributes()));
    return new Outcome(Way.WHOLE, snapshot.attributes(), files);
  }

  private static boolean isCopied(String name, CatalogAttributes attributes) {
    return name.equals(CatalogAttributes.FILE) || attributes.part(name).isPresent();
  }

  /** Nothing if it cannot be done so, whatever the reason; then all is fetched. */
  private Optional<Outcome> byLogs(CatalogFiles copy) {
    CatalogAttributes before;
    try {
      before = attributes(copy.read(CatalogAttributes.FILE), copy);
    } catch (EmblemaException e) {
      return Optional.empty(); // no copy, or a damaged one
    }
    byte[] bytes = origin.read(CatalogAttributes.FILE);
    try {
      CatalogAttributes after = attributes(bytes, origin);
      if (!after.created().equals(before.created())) {
        return Optional.empty();
      }
      if (after.lastModified().equals(before.lastModified())) {
        return Optional.of(new Outcome(Way.UNCHANGED, after, new TreeMap<>()));
      }
      Optional<List<String>> changed = changed(before, after);
      if (changed.isEmpty()) {
        return Optional.empty();
      }
      SortedMap<String, byte[]> files = updated(copy, before, after, changed.get());
      files.put(CatalogAttributes.FILE, bytes);
      return Optional.of(new Outcome(Way.BY_LOGS, after, files));
    } catch (ConflictException | IntegrityException | MalformedException | NotFoundException e) {
      return Optional.empty(); // a log has gone, or copy and logs do not go together
    }
  }

  private static CatalogAttributes attributes(byte[] bytes, CatalogFiles files) {
    String where = files.describe(CatalogAttributes.FILE);
    String ignored = CatalogSignature.verify(bytes, where);
    return CatalogAttributes.parse(bytes, where);
  }

  /** Names of the parts that changed, if logs tell all about it (section 10, steps 3 and 4). */
  private static Optional<List<String>> changed(CatalogAttributes before, CatalogAttributes after) {
    List<String> changed = new ArrayList<>();
    for (Map.Entry<String, CatalogAttributes.FileState> part : before.parts().entrySet()) {
      String name = part.getKey();
      if (!name.endsWith(LOCALE)) {
        continue;
      }
      Instant old = part.getValue().lastModified();
      Optional<CatalogAttributes.FileState> now = after.part(name);
      if (now.isEmpty() || now.get().lastModified().isBefore(old)) {
        return Optional.empty();
      }
      if (now.get().lastModified().isAfter(old)) {
        String log = "update." + CatalogStamp.hour(old) + LOCALE;
        if (!after.updates().containsKey(log)) {
          return Optional.empty();
        }
        changed.add(name);
      }
    }
    boolean isComplete =
        after.parts().keySet().stream()
            .filter(name -> name.endsWith(LOCALE))
            .allMatch(before.parts()::containsKey);
    return isComplete ? Optional.of(changed) : Optional.empty();
  }

  private SortedMap<String, byte[]> updated(
      CatalogFiles copy, CatalogAttributes before, CatalogAttributes after, List<String> changed) {
    Map<String, PartUpdate> updates = new TreeMap<>();
    Instant newest = Instant.MIN;
    for (String name : changed) {
      Instant old = before.part(name).orElseThrow().lastModified();
      updates.put(name, new PartUpdate(publisher, name, old));
      newest = old.isAfter(newest) ? old : newest;
    }
    for (Map.Entry<String, CatalogAttributes.FileState> log : after.updates().entrySet()) {
      if (log.getKey().endsWith(LOCALE) && log.getValue().lastModified().isAfter(newest)) {
        read(log.getKey(), updates);
      }
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (PartUpdate update : updates.values()) {
      files.put(update.name(), update.applied(copy, after));
    }
    return files;
  }

  private void read(String log, Map<String, PartUpdate> updates) {
    byte[] bytes = origin.read(log);
    String where = origin.describe(log);
    String ignored = CatalogSignature.verify(bytes, where);
    try (PartReader reader = new PartReader(new ByteArrayInputStream(bytes), where, publisher)) {
      for (PartReader.Stem stem = reader.next(); stem != null; stem = reader.next()) {
        for (var record : stem.entries()) {
          for (PartUpdate update : updates.values()) {
            update.take(stem.name(), record, where);
          }
        }
      }
    }
  }
}

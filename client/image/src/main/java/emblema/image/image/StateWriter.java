package emblema.image.image;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogStamp;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes a state directory in the form of image format 4: two unsigned catalogs, the avoid and the
 * freeze list, and our snapshot for quick listings.
 */
final class StateWriter {
  static final List<String> PARTS =
      List.of("catalog.base.C", "catalog.dependency.C", "catalog.summary.C");

  private final Disk disk;
  private final SafePath directory;

  StateWriter(Disk disk, SafePath directory) {
    this.disk = disk;
    this.directory = directory;
  }

  void write(ImageState state) {
    byte[] installed = writeCatalog("installed", state.installed(), state.lastModified());
    byte[] known = writeCatalog("known", state.entries(), state.lastModified());
    write(directory.resolve("avoid_set"), json(avoided(state.avoided())));
    write(directory.resolve("frozen_dict"), json(frozen(state.frozen())));
    write(
        directory.resolve(StateSnapshot.NAME),
        StateSnapshot.of(state.entries()).toBytes(known, installed));
  }

  private byte[] writeCatalog(String name, List<StateEntry> entries, Instant now) {
    SafePath catalog = directory.resolve(name);
    disk.makeDirectory(catalog, 0755);
    return writeCatalog(catalog, entries, now, true);
  }

  /**
   * Writes the four files of an unsigned catalog, the attributes last.
   *
   * @param withMetadata whether flags and times of the image are written
   */
  byte[] writeCatalog(
      SafePath catalog, List<StateEntry> entries, Instant now, boolean withMetadata) {
    writePart(
        catalog.resolve(PARTS.get(0)), entries, entry -> Optional.of(base(entry, withMetadata)));
    writePart(
        catalog.resolve(PARTS.get(1)), entries, entry -> actions(entry, entry.dependencyTexts()));
    writePart(
        catalog.resolve(PARTS.get(2)), entries, entry -> actions(entry, entry.summaryTexts()));
    byte[] attributes = attributes(entries, now);
    write(catalog.resolve("catalog.attrs"), attributes);
    return attributes;
  }

  private static byte[] attributes(List<StateEntry> entries, Instant now) {
    Json stamp = new Json.Text(CatalogStamp.write(now));
    SortedMap<String, Json> parts = new TreeMap<>();
    PARTS.forEach(part -> parts.put(part, Json.Members.of("last-modified", stamp)));
    long stems =
        entries.stream()
            .map(e -> ImageState.publisherOf(e.fmri()) + "/" + e.fmri().stem())
            .distinct()
            .count();
    return json(
        Json.Members.of(
            "created", stamp,
            "last-modified", stamp,
            "package-count", Json.Number.of(stems),
            "package-version-count", Json.Number.of(entries.size()),
            "parts", new Json.Members(parts),
            "updates", Json.Members.of(),
            "version", Json.Number.of(1)));
  }

  /** One object a publisher, in it one list a stem; nothing is held but one stem's text. */
  private void writePart(
      SafePath file, List<StateEntry> entries, Function<StateEntry, Optional<Json>> form) {
    try (OutputStream out = new BufferedOutputStream(disk.create(file, 0644), 1 << 16)) {
      out.write('{');
      boolean first = true;
      for (Map.Entry<String, List<StateEntry>> publisher : byPublisher(entries).entrySet()) {
        text(out, (first ? "" : ",") + JsonText.quoted(publisher.getKey()) + ":{");
        first = false;
        writeStems(out, publisher.getValue(), form);
        out.write('}');
      }
      text(out, "}\n");
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static void writeStems(
      OutputStream out, List<StateEntry> entries, Function<StateEntry, Optional<Json>> form)
      throws IOException {
    String stem = "";
    boolean open = false;
    for (StateEntry entry : entries) {
      Optional<Json> json = form.apply(entry);
      if (json.isEmpty()) {
        continue;
      }
      if (open && entry.fmri().stem().equals(stem)) {
        out.write(',');
      } else {
        text(out, (open ? "]," : "") + JsonText.quoted(entry.fmri().stem()) + ":[");
        stem = entry.fmri().stem();
        open = true;
      }
      text(out, JsonText.canonical(json.get()));
    }
    if (open) {
      out.write(']');
    }
  }

  private static Map<String, List<StateEntry>> byPublisher(List<StateEntry> entries) {
    Map<String, List<StateEntry>> result = new TreeMap<>();
    for (StateEntry entry : entries) {
      result
          .computeIfAbsent(ImageState.publisherOf(entry.fmri()), p -> new ArrayList<>())
          .add(entry);
    }
    return new LinkedHashMap<>(result);
  }

  private static Json base(StateEntry entry, boolean withMetadata) {
    SortedMap<String, Json> metadata = new TreeMap<>();
    metadata.put(
        "states",
        new Json.Array(
            entry.flags().stream().map(flag -> (Json) Json.Number.of(flag.number())).toList()));
    Instant install = entry.lastInstall();
    if (install != null) {
      metadata.put("last-install", new Json.Text(CatalogStamp.write(install)));
    }
    Instant update = entry.lastUpdate();
    if (update != null) {
      metadata.put("last-update", new Json.Text(CatalogStamp.write(update)));
    }
    SortedMap<String, Json> members = new TreeMap<>();
    if (withMetadata) {
      members.put("metadata", new Json.Members(metadata));
    }
    members.put("version", version(entry));
    if (!entry.manifestSha1().isEmpty()) {
      members.put("signature-sha-1", new Json.Text(entry.manifestSha1()));
    }
    return new Json.Members(members);
  }

  private static Optional<Json> actions(StateEntry entry, List<String> texts) {
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.Members.of("actions", Json.Array.ofTexts(texts), "version", version(entry)));
  }

  private static Json version(StateEntry entry) {
    return new Json.Text(entry.fmri().requireVersion().toString());
  }

  private static Json avoided(Avoided avoided) {
    SortedMap<String, Json> stems = new TreeMap<>();
    avoided.reasons().forEach((stem, reason) -> stems.put(stem, new Json.Text(reason.word())));
    return new Json.Array(List.of(Json.Number.of(1), new Json.Members(stems)));
  }

  private static Json frozen(Frozen frozen) {
    SortedMap<String, Json> stems = new TreeMap<>();
    frozen
        .freezes()
        .forEach(
            (stem, freeze) -> {
              String comment = freeze.comment();
              stems.put(
                  stem,
                  new Json.Array(
                      List.of(
                          new Json.Text(freeze.fmri().toStringWithoutPublisher()),
                          comment == null ? Json.Null.NULL : new Json.Text(comment),
                          Json.Number.of(freeze.since().getEpochSecond()))));
            });
    return new Json.Array(List.of(Json.Number.of(1), new Json.Members(stems)));
  }

  private static byte[] json(Json value) {
    return (JsonText.canonical(value) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private void write(SafePath file, byte[] content) {
    try (OutputStream out = disk.create(file, 0644)) {
      out.write(content);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private StorageException failure(SafePath file, IOException e) {
    return new StorageException(
        "cannot write '" + disk.describe(file) + "'", e.getMessage(), List.of(), e);
  }
}

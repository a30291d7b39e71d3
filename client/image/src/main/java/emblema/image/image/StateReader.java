package emblema.image.image;

import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogStamp;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a state directory that we or the reference wrote. */
final class StateReader {
  private final Disk disk;
  private final SafePath directory;

  StateReader(Disk disk, SafePath directory) {
    this.disk = disk;
    this.directory = directory;
  }

  ImageState read() {
    SafePath known = directory.resolve("known");
    return new ImageState(lastModified(known), entries(known), avoided(), frozen());
  }

  /** When a catalog in one of the image's directories changed last. */
  Instant lastModified(SafePath catalog) {
    SafePath file = catalog.resolve("catalog.attrs");
    return members(file)
        .text("last-modified")
        .map(CatalogStamp::parse)
        .orElseThrow(() -> malformed(file, "there is no 'last-modified'"));
  }

  /** All entries of a catalog in one of the image's directories. */
  List<StateEntry> entries(SafePath known) {
    Map<Fmri, List<String>> dependencies = actions(known.resolve(StateWriter.PARTS.get(1)));
    Map<Fmri, List<String>> summaries = actions(known.resolve(StateWriter.PARTS.get(2)));
    List<StateEntry> entries = new ArrayList<>();
    SafePath base = known.resolve(StateWriter.PARTS.get(0));
    part(
        base,
        (fmri, members) ->
            entries.add(
                entry(
                    fmri,
                    members,
                    dependencies.getOrDefault(fmri, List.of()),
                    summaries.getOrDefault(fmri, List.of()))));
    return entries;
  }

  private StateEntry entry(
      Fmri fmri, Json.Members members, List<String> dependencies, List<String> summaries) {
    Json.Members metadata = members.members("metadata").orElse(Json.Members.of());
    Set<PackageFlag> flags = EnumSet.noneOf(PackageFlag.class);
    if (metadata.find("states").orElse(Json.Null.NULL) instanceof Json.Array states) {
      for (Json state : states.items()) {
        if (state instanceof Json.Number number) {
          PackageFlag.of(Integer.parseInt(number.digits())).ifPresent(flags::add);
        }
      }
    }
    return new StateEntry(
        fmri,
        members.text("signature-sha-1").orElse(""),
        flags,
        stamp(metadata, "last-install"),
        stamp(metadata, "last-update"),
        dependencies,
        summaries);
  }

  private static @org.jspecify.annotations.Nullable Instant stamp(
      Json.Members metadata, String name) {
    return metadata.text(name).map(CatalogStamp::parse).orElse(null);
  }

  private Map<Fmri, List<String>> actions(SafePath file) {
    Map<Fmri, List<String>> result = new HashMap<>();
    part(file, (fmri, members) -> result.put(fmri, members.texts("actions")));
    return result;
  }

  private interface EachEntry {
    void take(Fmri fmri, Json.Members entry);
  }

  /** One entry at a time; a part that does not exist has none. */
  private void part(SafePath file, EachEntry each) {
    if (disk.stat(file).isEmpty()) {
      return;
    }
    try (JsonReader reader = new JsonReader(disk.read(file), disk.describe(file))) {
      new PartWalk(reader, each::take).walk();
    }
  }

  private Json.Members members(SafePath file) {
    return JsonReader.readMembers(disk.read(file), disk.describe(file));
  }

  /** The second item of {@code [1, {…}]}. */
  private Optional<Json.Members> versioned(SafePath file) {
    if (disk.stat(file).isEmpty()) {
      return Optional.empty();
    }
    InputStream in = disk.read(file);
    if (JsonReader.read(in, disk.describe(file)) instanceof Json.Array array
        && array.items().size() == 2
        && array.items().get(0) instanceof Json.Number version
        && array.items().get(1) instanceof Json.Members members) {
      if (version.digits().equals("1")) {
        return Optional.of(members);
      }
      throw malformed(file, "version '" + version.digits() + "' is not known");
    }
    throw malformed(file, "expected '[1, {…}]'");
  }

  /** Unknown words are left out: they are hints for later solving, not facts. */
  private Avoided avoided() {
    Map<String, Avoided.Reason> reasons = new TreeMap<>();
    versioned(directory.resolve("avoid_set"))
        .ifPresent(
            stems ->
                stems
                    .members()
                    .forEach(
                        (stem, word) -> {
                          for (Avoided.Reason reason : Avoided.Reason.values()) {
                            if (word.equals(new Json.Text(reason.word()))) {
                              reasons.put(stem, reason);
                            }
                          }
                        }));
    return new Avoided(new TreeMap<>(reasons));
  }

  private Frozen frozen() {
    SafePath file = directory.resolve("frozen_dict");
    Map<String, Frozen.Freeze> freezes = new TreeMap<>();
    versioned(file)
        .ifPresent(
            stems ->
                stems.members().forEach((stem, value) -> freezes.put(stem, freeze(file, value))));
    return new Frozen(new TreeMap<>(freezes));
  }

  private Frozen.Freeze freeze(SafePath file, Json value) {
    if (value instanceof Json.Array array
        && array.items().size() == 3
        && array.items().get(0) instanceof Json.Text fmri
        && array.items().get(2) instanceof Json.Number since) {
      String comment = array.items().get(1) instanceof Json.Text text ? text.text() : null;
      Fmri frozen = Fmri.parse(fmri.text());
      Version ignored = frozen.requireVersion();
      long seconds = (long) Double.parseDouble(since.digits());
      return new Frozen.Freeze(frozen, comment, Instant.ofEpochSecond(seconds));
    }
    throw malformed(file, "expected '[fmri, comment, seconds]'");
  }

  private MalformedException malformed(SafePath file, String reason) {
    return new MalformedException(disk.describe(file), 0, 0, reason, null);
  }
}

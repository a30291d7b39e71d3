package emblema.store.catalog;

import emblema.core.error.ConflictException;
import emblema.core.fmri.Version;
import emblema.core.io.OsNames;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part or log anew with more entries, or fewer: one pass over the old file, one package
 * name in memory at a time.
 */
final class PartMerge {

  /** How the entries of one package name are ordered. */
  enum Order {
    /** Parts: ascending versions, each once. */
    BY_VERSION,
    /** Update logs: as they happened. */
    AS_ADDED
  }

  /**
   * @param signature of the file written
   * @param stems distinct names in it
   * @param entries in it
   * @param removed what was left out, by {@link #key}
   */
  record Outcome(
      String signature, long stems, long entries, SortedMap<String, Json.Members> removed) {}

  /** One package version of one publisher. */
  static String key(String stem, String version) {
    return stem + "@" + version;
  }

  private final String publisher;
  private final Order order;
  private final List<String> features;

  PartMerge(String publisher, Order order, List<String> features) {
    this.publisher = publisher;
    this.order = order;
    this.features = features;
  }

  /**
   * @param old the present file, or null if there is none
   * @param added entries by package name
   * @param unwanted versions to leave out, by package name
   */
  Outcome write(
      @Nullable PartReader old,
      Map<String, List<Json.Members>> added,
      Map<String, Set<String>> unwanted,
      OutputStream out) {
    SortedMap<String, Json.Members> removed = new TreeMap<>();
    SortedMap<String, List<Json.Members>> left = new TreeMap<>(OsNames::compare);
    left.putAll(added);
    Output output = new Output(out);
    PartReader.Stem stem = old == null ? null : old.next();
    while (stem != null || !left.isEmpty()) {
      if (stem == null || (!left.isEmpty() && OsNames.compare(left.firstKey(), stem.name()) < 0)) {
        String name = left.firstKey();
        output.stem(name, merged(name, List.of(), left.remove(name)));
      } else {
        List<Json.Members> more = left.remove(stem.name());
        Set<String> versions = unwanted.getOrDefault(stem.name(), Set.of());
        output.stem(stem.name(), merged(stem.name(), kept(stem, versions, removed), more));
        stem = old == null ? null : old.next();
      }
    }
    return output.finish(removed);
  }

  private static List<Json.Members> kept(
      PartReader.Stem stem, Set<String> unwanted, SortedMap<String, Json.Members> removed) {
    if (unwanted.isEmpty()) {
      return stem.entries();
    }
    List<Json.Members> kept = new ArrayList<>();
    for (Json.Members entry : stem.entries()) {
      if (unwanted.contains(version(entry))) {
        removed.put(key(stem.name(), version(entry)), entry);
      } else {
        kept.add(entry);
      }
    }
    return kept;
  }

  private List<Json.Members> merged(
      String name, List<Json.Members> old, @Nullable List<Json.Members> more) {
    if (more == null) {
      return old;
    }
    List<Json.Members> all = new ArrayList<>(old);
    all.addAll(more);
    if (order == Order.BY_VERSION) {
      Set<String> seen = new HashSet<>();
      for (Json.Members entry : all) {
        if (!seen.add(version(entry))) {
          throw new ConflictException(
              "package 'pkg://"
                  + publisher
                  + "/"
                  + name
                  + "@"
                  + version(entry)
                  + "' is already in the catalog");
        }
      }
      all.sort(
          Comparator.comparing((Json.Members entry) -> Version.parse(version(entry)))
              .thenComparing(PartMerge::version));
    }
    return all;
  }

  private static String version(Json.Members entry) {
    return entry.text("version").orElseThrow();
  }

  /** The members between the outermost braces, in their order. */
  private final class Output {
    private final CatalogSignature.Writer writer;
    private long stems;
    private long entries;

    Output(OutputStream out) {
      writer = new CatalogSignature.Writer(out);
      if (!features.isEmpty() && OsNames.compare("_FEATURE", publisher) < 0) {
        writer.append(feature() + ",");
      }
    }

    private String feature() {
      return "\"_FEATURE\":" + JsonText.canonical(Json.Array.ofTexts(features));
    }

    /** A name without entries is left out. */
    void stem(String name, List<Json.Members> list) {
      if (list.isEmpty()) {
        return;
      }
      StringBuilder text = new StringBuilder();
      text.append(stems == 0 ? JsonText.quoted(publisher) + ":{" : ",");
      text.append(JsonText.quoted(name)).append(':');
      JsonText.canonical(new Json.Array(List.<Json>copyOf(list)), text);
      writer.append(text);
      stems++;
      entries += list.size();
    }

    Outcome finish(SortedMap<String, Json.Members> removed) {
      if (stems > 0) {
        writer.append("}");
      }
      if (!features.isEmpty() && OsNames.compare("_FEATURE", publisher) > 0) {
        writer.append((stems > 0 ? "," : "") + feature());
      }
      return new Outcome(writer.finish(), stems, entries, removed);
    }
  }
}

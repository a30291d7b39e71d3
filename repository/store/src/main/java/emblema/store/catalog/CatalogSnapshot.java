package emblema.store.catalog;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.OsNames;
import emblema.store.json.Json;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A catalog as it was at one moment: the verified bytes of its parts, parsed as they are walked.
 * Later publications do not change it.
 */
public final class CatalogSnapshot implements Catalog {
  /** How often a reader tries to see attributes and parts that belong together. */
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLISECONDS = 20;

  private final String publisher;
  private final CatalogAttributes attributes;
  private final CatalogFiles files;
  private final Map<String, byte[]> parts;

  private CatalogSnapshot(
      String publisher,
      CatalogAttributes attributes,
      CatalogFiles files,
      Map<String, byte[]> parts) {
    this.publisher = publisher;
    this.attributes = attributes;
    this.files = files;
    this.parts = parts;
  }

  /** A catalog without packages, made at the given moment. */
  public static CatalogSnapshot empty(String publisher, Instant created) {
    return new CatalogSnapshot(publisher, CatalogAttributes.empty(created), NO_FILES, Map.of());
  }

  private static final CatalogFiles NO_FILES =
      new CatalogFiles() {
        @Override
        public byte[] read(String name) {
          throw new NotFoundException("catalog file '" + name + "' does not exist");
        }

        @Override
        public String describe(String name) {
          return name;
        }
      };

  /**
   * Reads attributes and parts that belong together. A writer may replace them meanwhile, then they
   * do not match and are read again; what still does not match is damaged.
   */
  public static CatalogSnapshot read(String publisher, CatalogFiles files) {
    byte[] last = {};
    for (int attempt = 1; ; attempt++) {
      byte[] attributes = {};
      try {
        attributes = files.read(CatalogAttributes.FILE);
        return read(publisher, files, attributes);
      } catch (NotFoundException e) {
        if (attempt >= ATTEMPTS) {
          throw e;
        }
      } catch (IntegrityException e) {
        if (attempt >= ATTEMPTS || (attempt > 2 && Arrays.equals(attributes, last))) {
          throw e;
        }
      }
      last = attributes;
      pause();
    }
  }

  /** Only the attributes; read again while a writer replaces them. */
  public static CatalogAttributes readAttributes(CatalogFiles files) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attributes(files, files.read(CatalogAttributes.FILE));
      } catch (NotFoundException e) {
        if (attempt >= ATTEMPTS) {
          throw e;
        }
      }
      pause();
    }
  }

  private static CatalogAttributes attributes(CatalogFiles files, byte[] bytes) {
    String where = files.describe(CatalogAttributes.FILE);
    CatalogSignature.verify(bytes, where);
    return CatalogAttributes.parse(bytes, where);
  }

  private static CatalogSnapshot read(String publisher, CatalogFiles files, byte[] bytes) {
    CatalogAttributes attributes = attributes(files, bytes);
    Map<String, byte[]> parts = new HashMap<>();
    for (String name :
        List.of(ActionRouting.BASE, ActionRouting.DEPENDENCY, ActionRouting.SUMMARY)) {
      var state = attributes.part(name);
      if (state.isPresent()) {
        byte[] part = files.read(name);
        String signature = CatalogSignature.verify(part, files.describe(name));
        if (!signature.equals(state.get().signature())) {
          throw new IntegrityException(
              files.describe(name),
              "signature of the catalog part",
              state.get().signature(),
              signature);
        }
        parts.put(name, part);
      }
    }
    return new CatalogSnapshot(publisher, attributes, files, parts);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a catalog was read", e);
    }
  }

  @Override
  public String publisher() {
    return publisher;
  }

  public CatalogAttributes attributes() {
    return attributes;
  }

  @Override
  public Instant lastModified() {
    return attributes.lastModified();
  }

  @Override
  public long packageCount() {
    return attributes.packageCount();
  }

  @Override
  public long packageVersionCount() {
    return attributes.packageVersionCount();
  }

  @Override
  public void forEach(Consumer<CatalogEntry> each) {
    try (Cursor base = new Cursor(ActionRouting.BASE);
        Cursor dependencies = new Cursor(ActionRouting.DEPENDENCY);
        Cursor summaries = new Cursor(ActionRouting.SUMMARY)) {
      for (PartReader.Stem stem = base.next(); stem != null; stem = base.next()) {
        Map<String, List<Action>> depends = dependencies.actionsOf(stem.name());
        Map<String, List<Action>> sets = summaries.actionsOf(stem.name());
        for (Numbered entry : numbered(stem)) {
          each.accept(
              new CatalogEntry(
                  new Fmri(publisher, stem.name(), entry.version()),
                  entry.signature(),
                  depends.getOrDefault(entry.text(), List.of()),
                  sets.getOrDefault(entry.text(), List.of())));
        }
      }
    }
  }

  /**
   * @param text of the version as the part has it
   */
  private record Numbered(Version version, String text, String signature) {}

  private static List<Numbered> numbered(PartReader.Stem stem) {
    return stem.entries().stream()
        .map(
            entry -> {
              String text = entry.text("version").orElseThrow();
              String signature = entry.text("signature-sha-1").orElse("");
              return new Numbered(Version.parse(text), text, signature);
            })
        .sorted(Comparator.comparing(Numbered::version))
        .toList();
  }

  /** Hands over every name and version text of the base part, without any parsing of actions. */
  public void forEachVersion(VersionConsumer each) {
    try (Cursor base = new Cursor(ActionRouting.BASE)) {
      for (PartReader.Stem stem = base.next(); stem != null; stem = base.next()) {
        for (Json.Members entry : stem.entries()) {
          each.accept(stem.name(), entry.text("version").orElseThrow());
        }
      }
    }
  }

  /** Takes the name and the version text of one package. */
  @FunctionalInterface
  public interface VersionConsumer {
    void accept(String stem, String version);
  }

  /** Walks one part; an absent part has no names. */
  private final class Cursor implements AutoCloseable {
    private final @Nullable PartReader reader;
    private PartReader.@Nullable Stem ahead;

    Cursor(String part) {
      byte[] bytes = parts.get(part);
      reader =
          bytes == null
              ? null
              : new PartReader(new ByteArrayInputStream(bytes), files.describe(part), publisher);
      ahead = reader == null ? null : reader.next();
    }

    PartReader.@Nullable Stem next() {
      PartReader.Stem stem = ahead;
      ahead = reader == null || stem == null ? null : reader.next();
      return stem;
    }

    /** Version text to actions; names must be asked for in ascending order. */
    Map<String, List<Action>> actionsOf(String name) {
      while (ahead != null && OsNames.compare(ahead.name(), name) < 0) {
        next();
      }
      if (ahead == null || !ahead.name().equals(name)) {
        return Map.of();
      }
      Map<String, List<Action>> actions = new HashMap<>();
      for (Json.Members entry : ahead.entries()) {
        List<Action> parsed = new ArrayList<>();
        entry.texts("actions").forEach(text -> parsed.add(ActionReader.read(text)));
        actions.put(entry.text("version").orElseThrow(), parsed);
      }
      return actions;
    }

    @Override
    public void close() {
      if (reader != null) {
        reader.close();
      }
    }
  }
}

package emblema.core.hash;

import emblema.core.action.Action;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hashes that an action states about its payload, and which of them is asked for what (spec
 * manifest, 6.2 and 6.3). Entries of unknown methods or algorithms are ignored.
 */
public final class ContentHashes {
  /** One stated hash. */
  public record Stated(Digest digest, String hex) {}

  /** What of the payload was hashed, as {@code pkg.content-hash} writes it. */
  public enum Extract {
    /** The content. */
    FILE("file"),
    /** The stored gzip stream. */
    GZIP("gzip"),
    /** The sections of an ELF file that matter. */
    GELF("gelf"),
    /** The same without its signature. */
    GELF_UNSIGNED("gelf.unsigned");

    private final String word;

    Extract(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** Best algorithm first. */
  private static final Digest[] RANKING = {Digest.SHA512T_256, Digest.SHA256, Digest.SHA1};

  private static final String ATTRIBUTE = "pkg.content-hash";

  private final Action action;
  private final Map<String, String> byType = new TreeMap<>();

  private ContentHashes(Action action) {
    this.action = action;
    for (String entry : action.attributes().all(ATTRIBUTE)) {
      int colon = entry.lastIndexOf(':');
      if (colon > 0) {
        byType.put(entry.substring(0, colon), entry.substring(colon + 1));
      }
    }
  }

  public static ContentHashes of(Action action) {
    return new ContentHashes(action);
  }

  /** The best content hash of the given extract, without falling back on SHA-1 attributes. */
  public Optional<Stated> best(Extract extract) {
    for (Digest digest : RANKING) {
      String hex = byType.get(extract.word() + ":" + digest.word());
      if (hex != null) {
        return Optional.of(new Stated(digest, hex));
      }
    }
    return Optional.empty();
  }

  /** What installed or decompressed content must hash to; nothing for a payload not yet known. */
  public Optional<Stated> forContent() {
    Optional<Stated> best = best(Extract.FILE);
    String payload = action.payload();
    return best.isPresent() || payload == null || payload.equals("NOHASH")
        ? best
        : Optional.of(new Stated(Digest.SHA1, payload));
  }

  /**
   * What the stored gzip stream must hash to; if nothing, decompress and ask {@link #forContent}.
   */
  public Optional<Stated> forStored() {
    return best(Extract.GZIP)
        .or(() -> action.attributes().first("chash").map(hex -> new Stated(Digest.SHA1, hex)));
  }

  /**
   * Whether two actions promise the same content (spec manifest, 6.3): by the best type of hash
   * that either has, so that a hash on one side only means different; by SHA-1 where neither has
   * any.
   */
  public static boolean agree(Action before, Action after) {
    if (before.payload() == null || after.payload() == null) {
      return before.payload() == null && after.payload() == null;
    }
    ContentHashes left = of(before);
    ContentHashes right = of(after);
    for (Digest digest : RANKING) {
      String type = Extract.FILE.word() + ":" + digest.word();
      String expected = left.byType.get(type);
      String actual = right.byType.get(type);
      if (expected != null || actual != null) {
        return expected != null && expected.equals(actual);
      }
    }
    return before.payload().equals(after.payload());
  }
}

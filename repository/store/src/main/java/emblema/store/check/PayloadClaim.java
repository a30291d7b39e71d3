package emblema.store.check;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.ContentHashes.Stated;
import emblema.core.hash.Digest;
import emblema.core.io.SafePath;
import emblema.store.file.PublisherStore;
import emblema.store.file.StoreLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest promises about one payload.
 *
 * @param sha1 its name
 * @param content the best hash of the content
 * @param stored the best hash of the gzip stream, if the manifest states one
 * @param object the path or other key of the action, for people
 */
record PayloadClaim(String sha1, Stated content, Optional<Stated> stored, String object) {

  /** All claims of one action. */
  static List<PayloadClaim> of(Action action) {
    String name = action.payload();
    if (name == null || name.isEmpty()) {
      return List.of();
    }
    ContentHashes hashes = ContentHashes.of(action);
    Stated content = hashes.forContent().orElse(new Stated(Digest.SHA1, name));
    String object = action.pathIfAny().orElse("");
    List<PayloadClaim> claims = new ArrayList<>();
    claims.add(new PayloadClaim(name, content, hashes.forStored(), object));
    if (action instanceof SignatureAction) {
      addChain(action, claims);
    }
    return claims;
  }

  /** Chain certificates pair with their better hashes by position (spec repository, 14). */
  private static void addChain(Action action, List<PayloadClaim> claims) {
    String[] names = words(action, "chain");
    String[] better = words(action, "pkg.chain." + Digest.SHA512T_256.word());
    for (int i = 0; i < names.length; i++) {
      if (StoreLayout.isSha1(names[i])) {
        Stated content =
            better.length == names.length
                ? new Stated(Digest.SHA512T_256, better[i])
                : new Stated(Digest.SHA1, names[i]);
        claims.add(new PayloadClaim(names[i], content, Optional.empty(), ""));
      }
    }
  }

  private static String[] words(Action action, String attribute) {
    return String.join(" ", action.attributes().all(attribute)).strip().split(" +", -1);
  }

  /** Where the payload should be; null if no payload can have the name. */
  @Nullable SafePath place(PublisherStore store) {
    return StoreLayout.isSha1(sha1) ? store.layout().payload(sha1) : null;
  }

  /** Two claims with the same key are about the same payload and promise the same. */
  Key key() {
    byte[] hash =
        Digest.SHA256.start().digest((sha1 + content + stored).getBytes(StandardCharsets.US_ASCII));
    ByteBuffer numbers = ByteBuffer.wrap(hash);
    return new Key(numbers.getLong(), numbers.getLong());
  }

  /** Half of a SHA-256, so that a million of them fit. */
  record Key(long high, long low) {}
}

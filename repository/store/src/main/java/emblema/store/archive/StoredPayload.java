package emblema.store.archive;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stored payload that an action needs.
 *
 * @param sha1 its name
 * @param storedSize length of its gzip stream, or -1 if the action does not say
 * @param stored what its gzip stream must hash to, if the action says
 */
public record StoredPayload(String sha1, long storedSize, Optional<ContentHashes.Stated> stored) {

  /** The action's own payload, then the chain certificates of a signature (spec signing, 1). */
  public static List<StoredPayload> of(Action action) {
    List<StoredPayload> payloads = new ArrayList<>();
    String sha1 = action.payload();
    if (sha1 != null) {
      payloads.add(
          new StoredPayload(
              sha1,
              size(action.attributes().get("pkg.csize", "")),
              ContentHashes.of(action).forStored()));
    }
    if (action instanceof SignatureAction) {
      List<String> chain = words(action, "chain");
      List<String> sizes = words(action, "chain.csizes");
      List<String> hashes = words(action, "chain.chashes");
      for (int i = 0; i < chain.size(); i++) {
        payloads.add(
            new StoredPayload(
                chain.get(i),
                i < sizes.size() ? size(sizes.get(i)) : -1,
                i < hashes.size()
                    ? Optional.of(new ContentHashes.Stated(Digest.SHA1, hashes.get(i)))
                    : Optional.empty()));
      }
    }
    return payloads;
  }

  private static List<String> words(Action action, String name) {
    String text = action.attributes().get(name, "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
  }

  private static long size(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}

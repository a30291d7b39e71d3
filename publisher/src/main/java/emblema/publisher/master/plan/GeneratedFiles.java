package emblema.publisher.master.plan;

import emblema.core.tree.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Contents that no file of the tree has: account files, fragments. By SHA-1. */
public final class GeneratedFiles {
  private final Map<String, byte[]> contents = new TreeMap<>();

  /** Keeps the text; returns its SHA-1. */
  String add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha1 = ContentHash.ofBytes(bytes).sha1();
    contents.put(sha1, bytes);
    return sha1;
  }

  public Optional<byte[]> content(String sha1) {
    return Optional.ofNullable(contents.get(sha1));
  }
}

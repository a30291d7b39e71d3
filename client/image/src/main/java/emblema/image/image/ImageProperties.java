package emblema.image.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The image properties that have a meaning, with their defaults (spec image-layout, 3.1). */
public final class ImageProperties {
  /** In the order in which a new image's file lists them. */
  static final SequencedMap<String, String> WRITTEN = written();

  /** Known, but written only when set. */
  private static final Map<String, String> UNWRITTEN =
      Map.of("signature-policy", "verify", "trust-anchor-directory", "etc/ssl/pkg");

  /** Whose values are lists, written as Python writes them. */
  public static final Set<String> LISTS =
      Set.of(
          "publisher-search-order",
          "signature-required-names",
          "dehydrated",
          "exclude-patterns",
          "key-files");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "be-policy", List.of("default", "always-new", "create-backup", "when-required"),
          "content-update-policy", List.of("default", "always", "when-required"),
          "signature-policy", List.of("ignore", "verify", "require-signatures", "require-names"),
          "exclude-policy", List.of("ignore", "warn", "reject"));

  private ImageProperties() {}

  /** The default of a property, or empty text. */
  public static String defaultOf(String name) {
    return WRITTEN.getOrDefault(name, UNWRITTEN.getOrDefault(name, ""));
  }

  static Map<String, String> unwritten() {
    return UNWRITTEN;
  }

  /** The values a property may have; empty for any. */
  public static List<String> choices(String name) {
    return CHOICES.getOrDefault(name, List.of());
  }

  private static SequencedMap<String, String> written() {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    map.put("preferred-authority", "");
    map.put("publisher-search-order", "[]");
    map.put("be-policy", "default");
    map.put("content-update-policy", "default");
    map.put("flush-content-cache-on-success", "True");
    map.put("mirror-discovery", "False");
    map.put("send-uuid", "True");
    map.put("use-system-repo", "False");
    map.put("ca-path", "/etc/ssl/certs");
    map.put("signature-required-names", "[]");
    map.put("check-certificate-revocation", "False");
    map.put("dehydrated", "[]");
    map.put("exclude-patterns", "[]");
    map.put("exclude-policy", "warn");
    map.put("key-files", "[]");
    map.put("default-recurse", "False");
    map.put("recursion-concurrency", "1");
    map.put("auto-be-name", "omnios-r%r");
    map.put("temp-be-activation", "False");
    return Collections.unmodifiableSequencedMap(map);
  }
}

package emblema.core.tree;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object beyond its {@link TreeEntry}.
 *
 * @param hash of a regular file's content; null for other kinds, and before the content was read
 * @param extensions extended attributes: name to value in base64, sorted by name
 */
public record ObjectFacts(@Nullable ContentHash hash, SortedMap<String, String> extensions) {
  private static final SortedMap<String, String> NO_EXTENSIONS =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  public static final ObjectFacts NONE = new ObjectFacts(null, NO_EXTENSIONS);

  public ObjectFacts {
    extensions =
        extensions.isEmpty()
            ? NO_EXTENSIONS
            : Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
  }

  public static ObjectFacts of(ContentHash hash) {
    return new ObjectFacts(hash, NO_EXTENSIONS);
  }
}

package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the image shall hold.
 *
 * @param packages by stem
 * @param avoided the avoid list after the operation
 */
public record Solution(SortedMap<String, Fmri> packages, Set<String> avoided) {
  public Solution {
    packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
    avoided = Collections.unmodifiableSet(new TreeSet<>(avoided));
  }
}

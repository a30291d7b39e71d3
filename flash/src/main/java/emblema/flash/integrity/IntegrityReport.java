package emblema.flash.integrity;

import java.util.List;

/**
 * What the check found.
 *
 * @param databases names of those that were there
 * @param registered paths in them, that exist in the image
 * @param excluded how many of these would not be in the archive
 * @param first some of them, absolute
 */
public record IntegrityReport(
    List<String> databases, long registered, long excluded, List<String> first) {
  public IntegrityReport {
    databases = List.copyOf(databases);
    first = List.copyOf(first);
  }

  public boolean isComplete() {
    return excluded == 0;
  }
}

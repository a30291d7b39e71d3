package emblema.flash.select;

import java.util.List;
import java.util.Optional;

/**
 * What a user says about which files go into an archive.
 *
 * @param excluded {@code -x}, as typed
 * @param included {@code -y}, as typed
 * @param excludeLists {@code -X}
 * @param filters {@code -z}
 * @param files {@code -f}
 * @param isAbsolute {@code -F}: the files of {@code -f} are the whole list
 * @param leavesTemporaryFilesOut whether the contents of {@code /tmp} and {@code /var/tmp} stay out
 */
public record SelectionOptions(
    List<String> excluded,
    List<String> included,
    List<ListSource> excludeLists,
    List<ListSource> filters,
    Optional<ListSource> files,
    boolean isAbsolute,
    boolean leavesTemporaryFilesOut) {

  /** Everything but what is never archived. */
  public static final SelectionOptions NORMAL =
      new SelectionOptions(
          List.of(), List.of(), List.of(), List.of(), Optional.empty(), false, true);

  public SelectionOptions {
    excluded = List.copyOf(excluded);
    included = List.copyOf(included);
    excludeLists = List.copyOf(excludeLists);
    filters = List.copyOf(filters);
  }
}

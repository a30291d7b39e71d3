package emblema.publisher.bundle;

import emblema.core.attribute.Attributes;
import emblema.core.event.EventSink;
import emblema.core.fmri.Glob;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How bundles become actions.
 *
 * @param ownership what becomes owner and group of what lies in a directory
 * @param timestamped shell patterns of base names that keep their modification time
 * @param targets paths that become files though they are further names of a file
 * @param temporary a directory for the content of compressed archives
 * @param events told of objects that a package cannot hold
 */
public record BundleOptions(
    Ownership ownership,
    List<String> timestamped,
    Set<String> targets,
    Path temporary,
    EventSink events) {

  public BundleOptions {
    timestamped = List.copyOf(timestamped);
    targets = Set.copyOf(targets);
  }

  /** Everything belongs to root and bin, no times are kept. */
  public static BundleOptions of(Path temporary, EventSink events) {
    return new BundleOptions(Ownership.ROOT_AND_BIN, List.of(), Set.of(), temporary, events);
  }

  public BundleOptions with(Ownership owners) {
    return new BundleOptions(owners, timestamped, targets, temporary, events);
  }

  public BundleOptions with(List<String> keepingTimes, Set<String> files) {
    return new BundleOptions(ownership, keepingTimes, files, temporary, events);
  }

  /**
   * Adds the time of an object that is to keep it.
   *
   * @param mtime nanoseconds since the epoch
   */
  void addTime(Attributes.Builder attributes, String name, long mtime) {
    if (timestamped.stream().anyMatch(pattern -> Glob.matches(pattern, name))) {
      attributes.add("timestamp", PayloadTimes.write(mtime));
    }
  }
}

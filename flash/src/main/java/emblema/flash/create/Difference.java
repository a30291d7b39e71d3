package emblema.flash.create;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.manifest.ObjectState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an object of two images is the same: type, permissions, owner, size, time, target,
 * device, extended attributes, content (spec flar-cli, section 5). Names of one file are the same
 * or different together.
 */
final class Difference {
  private static final long SECOND = 1_000_000_000L;

  private final Disk before;
  private final Disk after;
  private final LinkNames namesBefore;
  private final LinkNames namesAfter;
  private final boolean isDeep;
  private final SameContent contents = new SameContent();

  /** Answers for files of several names, by their first. */
  private final Map<String, Boolean> groups = new HashMap<>();

  /**
   * @param isDeep whether files that agree in size and time are read
   */
  Difference(Disk before, Disk after, LinkNames namesBefore, LinkNames namesAfter, boolean isDeep) {
    this.before = before;
    this.after = after;
    this.namesBefore = namesBefore;
    this.namesAfter = namesAfter;
    this.isDeep = isDeep;
  }

  /** Whether archives, which have whole seconds, have another time of it. */
  static boolean isOfOtherTime(Stat old, Stat now) {
    return Math.floorDiv(old.mtime(), SECOND) != Math.floorDiv(now.mtime(), SECOND);
  }

  boolean of(String path, Stat old, Stat now) {
    if (!old.isFile() || !now.isFile() || (old.links() < 2 && now.links() < 2)) {
      return differs(path, old, now);
    }
    List<String> names = namesAfter.of(path, now);
    List<String> namesThen = namesBefore.of(path, old);
    if (names.size() == 1 && namesThen.size() == 1) {
      return differs(path, old, now); // The other names are in other trees.
    }
    Boolean known = groups.get(names.getFirst());
    if (known == null) {
      known = groupDiffers(names, namesThen);
      groups.put(names.getFirst(), known);
    }
    return known;
  }

  private boolean groupDiffers(List<String> names, List<String> namesThen) {
    if (!names.equals(namesThen)) {
      return true;
    }
    SafePath first = SafePath.of(names.getFirst());
    Optional<Stat> old = before.stat(first);
    Optional<Stat> now = after.stat(first);
    return old.isEmpty() || now.isEmpty() || differs(names.getFirst(), old.get(), now.get());
  }

  private boolean differs(String path, Stat old, Stat now) {
    SafePath place = SafePath.of(path);
    ObjectState then = state(before, place, old);
    if (!then.agreesWith(state(after, place, now)) || old.rawDevice() != now.rawDevice()) {
      return true;
    }
    if (!isDeep || now.isLink() || isSameObject(old, now)) {
      return false;
    }
    return !haveSameAttributes(place)
        || now.isFile() && now.size() > 0 && !contents.of(before, after, place);
  }

  private boolean haveSameAttributes(SafePath place) {
    Map<String, byte[]> then = before.extendedAttributes(place);
    Map<String, byte[]> now = after.extendedAttributes(place);
    return then.keySet().equals(now.keySet())
        && then.keySet().stream().allMatch(key -> Arrays.equals(then.get(key), now.get(key)));
  }

  /** A hard link between the images: nothing to compare. */
  private static boolean isSameObject(Stat old, Stat now) {
    return old.device() == now.device() && old.inode() == now.inode();
  }

  static ObjectState state(Disk disk, SafePath path, Stat stat) {
    return ObjectState.of(stat, stat.isLink() ? disk.readLink(path) : "");
  }
}

package emblema.testkit;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A listing of a tree that can be compared: one line an object, in path order, with type, mode,
 * owner, size and content hash or target, extended attributes, and which files are one.
 */
public record TreeSnapshot(SortedMap<String, String> lines) {

  /** Facts that are only noted when asked for. */
  public enum Detail {
    /** Modification times; of directories too. */
    TIMES,
    /** The inode, to see whether an object was replaced. */
    IDENTITY
  }

  public static TreeSnapshot of(Path root, Detail... details) {
    try (Disk disk = RealDisk.open(root)) {
      return of(disk, SafePath.ROOT, details);
    }
  }

  /** Paths in the snapshot are relative to the top. */
  public static TreeSnapshot of(Disk disk, SafePath top, Detail... details) {
    SortedMap<String, String> lines = new TreeMap<>();
    Set<Detail> wanted = EnumSet.noneOf(Detail.class);
    wanted.addAll(List.of(details));
    Map<Long, String> twins = new HashMap<>();
    new TreeWalker(disk)
        .walk(
            top,
            (path, stat) -> {
              String name = path.relativeTo(top).text();
              String line = line(disk, path, stat, wanted);
              if (stat.links() > 1 && !stat.isDirectory()) {
                String twin = twins.putIfAbsent(stat.inode(), name);
                line += twin == null ? "" : " same-as=" + twin;
              }
              lines.put(name, line);
              return true;
            });
    return new TreeSnapshot(lines);
  }

  private static String line(Disk disk, SafePath path, Stat stat, Set<Detail> wanted) {
    StringBuilder line = new StringBuilder(stat.kind().name().toLowerCase(Locale.ROOT));
    line.append(String.format(" %04o %d:%d", stat.mode(), stat.uid(), stat.gid()));
    if (stat.isFile()) {
      line.append(" size=").append(stat.size()).append(" sha1=").append(hash(disk, path));
    } else if (stat.isLink()) {
      line.append(" -> ").append(disk.readLink(path));
    } else if (stat.rawDevice() != 0) {
      line.append(" device=")
          .append(stat.rawDevice() >> 32)
          .append(',')
          .append(stat.rawDevice() & 0xFFFFFFFFL);
    }
    disk.extendedAttributes(path)
        .forEach(
            (name, value) ->
                line.append(' ').append(name).append('=').append(HexFormat.of().formatHex(value)));
    if (wanted.contains(Detail.TIMES)) {
      line.append(" mtime=").append(stat.mtime());
    }
    if (wanted.contains(Detail.IDENTITY)) {
      line.append(" inode=").append(stat.inode());
    }
    return line.toString();
  }

  private static String hash(Disk disk, SafePath path) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(disk.readBytes(path)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the objects whose path the test accepts. */
  public TreeSnapshot without(Predicate<String> unwanted) {
    SortedMap<String, String> left = new TreeMap<>(lines);
    left.keySet().removeIf(unwanted);
    return new TreeSnapshot(left);
  }

  /** What must change to get from this to the other, one line each; empty if they are equal. */
  public String difference(TreeSnapshot other) {
    SortedMap<String, String> all = new TreeMap<>(lines);
    all.putAll(other.lines);
    return all.keySet().stream()
        .filter(p -> !lines.getOrDefault(p, "").equals(other.lines.getOrDefault(p, "")))
        .map(p -> difference(p, lines.get(p), other.lines.get(p)))
        .collect(Collectors.joining("\n"));
  }

  private static String difference(String path, @Nullable String old, @Nullable String now) {
    return (old == null ? "" : "-" + path + " " + old)
        + (old == null || now == null ? "" : "\n")
        + (now == null ? "" : "+" + path + " " + now);
  }

  @Override
  public String toString() {
    return lines.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("\n"));
  }
}

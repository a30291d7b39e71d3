package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The areas of an environment, put together from the drop-in files of its directories. */
public final class Areas {
  private static final int LARGEST_FILE = 64 * 1024;

  private Areas() {}

  /**
   * Reads the {@code *.conf} files of each directory that exists; of files with one name that of
   * the later directory counts.
   *
   * @param directories on the disk, the packages' first and the administrator's last
   * @throws MalformedException with file and line
   * @throws ConflictException when areas contradict each other
   */
  public static List<Area> read(Disk disk, List<SafePath> directories) {
    Map<String, SafePath> files = new TreeMap<>(OsNames::compare);
    for (SafePath directory : directories) {
      if (disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
        for (String name : disk.list(directory)) {
          if (name.endsWith(".conf") && !name.startsWith(".")) {
            files.put(name, directory.resolve(name));
          }
        }
      }
    }
    List<Area> areas = new ArrayList<>();
    for (SafePath file : files.values()) {
      areas.addAll(AreaFile.parse(disk.describe(file), text(disk, file)));
    }
    return merge(areas);
  }

  private static String text(Disk disk, SafePath file) {
    Optional<Stat> stat = disk.stat(file);
    if (stat.isPresent() && stat.get().isFile() && stat.get().size() > LARGEST_FILE) {
      throw new MalformedException(disk.describe(file), 0, 0, "the file is over 64 KiB", null);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(disk.readBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException(disk.describe(file), 0, 0, "the file is not UTF-8", null);
    }
  }

  /** One area for each pair of roots, in the order in which they were first named. */
  static List<Area> merge(List<Area> areas) {
    List<Area> merged = new ArrayList<>();
    for (Area area : areas) {
      refuseOverlap(area.staging(), area.shared(), area, area);
      int same = -1;
      for (int i = 0; i < merged.size(); i++) {
        Area other = merged.get(i);
        if (area.isSamePair(other)) {
          same = i;
        } else {
          refuseOverlap(area.staging(), other.staging(), area, other);
          refuseOverlap(area.staging(), other.shared(), area, other);
          refuseOverlap(area.shared(), other.staging(), area, other);
        }
      }
      if (same < 0) {
        merged.add(area);
      } else if (merged.get(same).agreesWith(area)) {
        merged.set(same, merged.get(same).mergedWith(area));
      } else {
        throw new ConflictException(
            "'%s' and '%s' disagree about how '/%s' is made"
                .formatted(merged.get(same).source(), area.source(), area.shared()),
            "create, owner, group and mode must be the same wherever one pair of roots is named");
      }
    }
    return List.copyOf(merged);
  }

  private static void refuseOverlap(SafePath one, SafePath other, Area first, Area second) {
    if (one.startsWith(other) || other.startsWith(one)) {
      throw new ConflictException(
          "roots '/%s' and '/%s' overlap (in '%s' and '%s')"
              .formatted(one, other, first.source(), second.source()),
          "a staging root has one shared root, and neither may lie inside another");
    }
  }
}

package emblema.image.apply;

import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where objects go that a plan may not delete: {@code lost+found/<path>-<time>} in the image's
 * metadata (spec image-layout, section 7), under a name that is free.
 */
final class LostAndFound {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Workspace space;
  private final SafePath directory;
  private final String stamp;
  private final List<Applied.Salvaged> records = new ArrayList<>();
  private final Set<SafePath> used = new HashSet<>();

  LostAndFound(Workspace space, SafePath metadata, Instant now) {
    this.space = space;
    this.directory = metadata.resolve("lost+found");
    this.stamp = STAMP.format(now);
  }

  /** Moves a file or link there. */
  void salvage(SafePath path) {
    SafePath to = freeName(path);
    space.ensureParents(to);
    space.move(path, to);
    records.add(new Applied.Salvaged(path, to));
  }

  /** Moves a directory there with all that is in it. */
  void salvageTree(SafePath path) {
    SafePath to = freeName(path);
    space.ensureParents(to);
    space.moveTree(path, to);
    records.add(new Applied.Salvaged(path, to));
  }

  /** Takes away directories that are empty now that what was stored below them has moved on. */
  void prune(SafePath stored) {
    space.settle();
    SafePath at = stored.parent().orElse(directory);
    while (at.startsWith(directory) && !at.equals(directory) && space.disk().list(at).isEmpty()) {
      space.moveTree(at, space.area().slot(at));
      at = at.parent().orElse(directory);
    }
  }

  private SafePath freeName(SafePath path) {
    SafePath wanted = directory.resolve(path.text() + "-" + stamp);
    if (OsNames.lengthInBytes(path.name()) > 255 - 1 - stamp.length() - 4) {
      wanted = directory.resolve(path.text()).parent().orElse(directory).resolve("long-" + stamp);
    }
    Disk disk = space.disk();
    SafePath name = wanted;
    for (int i = 2; used.contains(name) || disk.stat(name).isPresent(); i++) {
      name = new SafePath(wanted.text() + "-" + i);
    }
    used.add(name);
    return name;
  }

  /** What is there because of this plan, in order. */
  List<Applied.Salvaged> records() {
    return records;
  }

  void forget(Applied.Salvaged record) {
    records.remove(record);
  }
}

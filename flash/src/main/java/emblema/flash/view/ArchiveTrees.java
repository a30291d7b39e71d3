package emblema.flash.view;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SharedFile;
import emblema.flash.archive.ArchiveReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens archives as trees: owners, modes, times and links are those of the archive, whoever reads
 * it. A full archive is a tree of its own; a differential one makes another tree of one.
 */
public final class ArchiveTrees {
  private static final byte[] COOKIE = "FlAsH-aRcHiVe-".getBytes(StandardCharsets.UTF_8);

  private ArchiveTrees() {}

  /** Whether a file begins as an archive does. */
  public static boolean isArchive(Path path) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return false;
    }
    try (SharedFile file = SharedFile.open(path)) {
      return java.util.Arrays.equals(file.start(COOKIE.length), COOKIE);
    }
  }

  /**
   * The tree that an archive is, or that it makes of another.
   *
   * @param base what a differential archive was made for; it must be exactly that
   * @param temporary takes what has to be unpacked, in a file without name
   */
  public static Disk open(Path archive, Optional<Disk> base, Path temporary, EventSink events) {
    return base.isPresent() && isDifferential(archive)
        ? updated(base.get(), archive, temporary, events)
        : full(archive, temporary, events);
  }

  private static boolean isDifferential(Path path) {
    SharedFile file = SharedFile.open(path);
    try (file;
        ArchiveReader archive = new ArchiveReader(file.read(0, file.size()), path.toString())) {
      return archive.identification().isDifferential();
    }
  }

  private static Disk updated(Disk base, Path archive, Path temporary, EventSink events) {
    Removals removals = new Removals(base, archive);
    OpenedArchive opened = OpenedArchive.open(archive, temporary, removals, events);
    try {
      if (!removals.areKnown()) {
        events.emit(
            new Event.Warning(
                archive + " has no manifest and does not say what it deletes: nothing is"));
      }
      TreeBuilder tree = new TreeBuilder(archive.toString());
      tree.addAll(base);
      removals.paths().forEach(tree::remove);
      opened.addTo(tree);
      return new ArchiveTree(archive, tree.root(), List.of(opened.content()));
    } catch (RuntimeException e) {
      opened.content().close();
      throw e;
    }
  }

  /**
   * A full archive.
   *
   * @param temporary takes what has to be unpacked, in a file without name
   */
  public static Disk full(Path archive, Path temporary, EventSink events) {
    OpenedArchive opened = OpenedArchive.open(archive, temporary, (name, body) -> {}, events);
    try {
      opened.require(false);
      TreeBuilder tree = new TreeBuilder(archive.toString());
      opened.addTo(tree);
      return new ArchiveTree(archive, tree.root(), List.of(opened.content()));
    } catch (RuntimeException e) {
      opened.content().close();
      throw e;
    }
  }
}

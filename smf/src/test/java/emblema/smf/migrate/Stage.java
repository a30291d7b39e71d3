package emblema.smf.migrate;

import emblema.core.event.Event;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An environment in a directory, and what a migration of it said. */
final class Stage implements AutoCloseable {
  static final String STAMP = "20260131T081500Z";
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T08:15:00Z"), ZoneOffset.UTC);

  final Path root;
  final Disk disk;
  final List<Change> changes = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  List<Area> areas = List.of(Area.of("/opt/.migrate", "/opt/share"));
  Map<SafePath, SafePath> shared = Map.of();
  String token = "token";

  Stage(Path root) {
    this(root, RealDisk.open(root));
  }

  Stage(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  Migration migration() {
    return migration(disk);
  }

  Migration migration(Disk on) {
    return new Migration(
        new Places(on, SafePath.ROOT, shared),
        areas,
        "be-2",
        new MountTable(Path.of("/proc/self/mountinfo")),
        CLOCK,
        FileLock.Owner.of("shared-migrate", "testhost"),
        token,
        changes::add,
        events::add);
  }

  MigrationReport run() {
    changes.clear();
    return migration().run();
  }

  Path path(String path) {
    return root.resolve(path);
  }

  Path file(String path, String content) {
    try {
      Files.createDirectories(path(path).getParent());
      return Files.writeString(path(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory(String path) {
    try {
      return Files.createDirectories(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String content(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    return content("var/lib/emblema/shared-migrate/log");
  }

  @Override
  public void close() {
    disk.close();
  }
}

package emblema.bootenv.directory;

import emblema.bootenv.directory.DirectoryEnvironments.Setting;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/** Environment roots for tests. */
final class Fixture {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private Fixture() {}

  static Setting setting(Durability durability) {
    AtomicInteger count = new AtomicInteger();
    return new Setting(
        CLOCK,
        () -> "uuid-" + count.incrementAndGet(),
        new FileLock.Owner(1, "beadm", "host"),
        durability);
  }

  /** With the empty environment "one". */
  static DirectoryEnvironments create(Path root) {
    return DirectoryEnvironments.create(RealDisk.open(root), "one", setting(Durability.NONE));
  }
}

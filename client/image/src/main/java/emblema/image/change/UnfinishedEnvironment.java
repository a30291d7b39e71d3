package emblema.image.change;

import emblema.bootenv.BootEnvironment;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A note in the running image about the boot environment that an update is being carried out in, so
 * that the next command can remove what an update that was killed has left. It holds the name
 * before the environment is cloned, and its UUID from then on; it is gone before the environment
 * can be activated, so nothing that was ever finished is named by one.
 */
final class UnfinishedEnvironment {
  private final Disk disk;
  private final SafePath file;

  UnfinishedEnvironment(Image image) {
    this.disk = image.disk();
    this.file = image.layout().metadata().resolve("unfinished-environment");
  }

  void note(String name, String uuid) {
    byte[] text = (name + "\n" + uuid + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(disk, file, 0644, text, Durability.FULL);
  }

  void forget() {
    if (disk.stat(file).isPresent()) {
      disk.remove(file);
      Durability.FULL.sync(disk, file.parent().orElse(SafePath.ROOT));
    }
  }

  /**
   * Removes the environment of an update that was killed. What bears its name but is not surely the
   * same, and what somebody has mounted or wants to start, is only mentioned.
   */
  void settle(LiveEnvironment live, EventSink events) {
    if (disk.stat(file).isEmpty()) {
      return;
    }
    List<String> lines = new String(disk.readBytes(file), StandardCharsets.UTF_8).lines().toList();
    String name = lines.isEmpty() ? "" : lines.getFirst();
    String uuid = lines.size() < 2 ? "" : lines.get(1);
    Optional<BootEnvironment> left =
        live.find(name).filter(environment -> !environment.isCurrent() && !environment.isNext());
    if (left.isPresent()) {
      boolean isSurelyOurs = !uuid.isEmpty() && uuid.equals(left.get().uuid());
      if (isSurelyOurs && left.get().mountPoint().isEmpty()) {
        live.destroy(name);
        events.emit(
            new Event.Warning(
                "an earlier update was interrupted; its unfinished boot environment '"
                    + name
                    + "' has been removed"));
      } else {
        events.emit(
            new Event.Warning(
                "an earlier update was interrupted; the boot environment '"
                    + name
                    + "' may be what it left, unfinished",
                List.of("'beadm destroy " + name + "' removes it")));
      }
    }
    forget();
  }
}

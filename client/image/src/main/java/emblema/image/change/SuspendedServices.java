package emblema.image.change;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.service.Services;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A note of the services that a change has stopped for its time, for who comes after a kill. */
final class SuspendedServices {
  private final Disk disk;
  private final SafePath file;

  SuspendedServices(Image image) {
    this.disk = image.disk();
    this.file = image.layout().metadata().resolve("suspended-services");
  }

  void note(List<String> services) {
    byte[] text = (String.join("\n", services) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(disk, file, 0644, text, Durability.FULL);
  }

  void forget() {
    if (disk.stat(file).isPresent()) {
      disk.remove(file);
      Durability.FULL.sync(disk, file.parent().orElse(SafePath.ROOT));
    }
  }

  /** Starts what an operation that was killed has left stopped. */
  void settle(Services services, EventSink events) {
    if (disk.stat(file).isEmpty()) {
      return;
    }
    List<String> names =
        new String(disk.readBytes(file), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    services.resume(names);
    events.emit(
        new Event.Warning(
            "an earlier operation was interrupted; the services it had stopped were started: "
                + String.join(", ", names)));
    forget();
  }
}

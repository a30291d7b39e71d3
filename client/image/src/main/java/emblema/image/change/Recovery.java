package emblema.image.change;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Durability;
import emblema.image.apply.WorkArea;
import emblema.image.image.Image;

/** Settles what an operation that was cut off has left in an image (its lock is held). */
public final class Recovery {
  private Recovery() {}

  /** Takes back a plan that was not finished; saves what one that was finished means. */
  public static void settle(Image image, EventSink events) {
    WorkArea area = new WorkArea(image.disk(), image.layout().metadata(), Durability.FULL);
    switch (area.recover()) {
      case WorkArea.Found.Nothing ignored -> {}
      case WorkArea.Found.TakenBack taken ->
          events.emit(
              new Event.Warning(
                  "an earlier operation was interrupted; its "
                      + taken.effects()
                      + " changes have been taken back"));
      case WorkArea.Found.Finished finished -> {
        ChangeNote.parse(finished.note()).save(image);
        area.discard();
        events.emit(
            new Event.Warning(
                "an earlier operation was interrupted after its last change; it has been"
                    + " completed"));
      }
    }
  }
}

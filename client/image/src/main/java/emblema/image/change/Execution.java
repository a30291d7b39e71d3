package emblema.image.change;

import emblema.core.event.EventSink;
import emblema.core.io.Durability;
import emblema.image.apply.Applied;
import emblema.image.apply.Applier;
import emblema.image.apply.WorkArea;
import emblema.image.image.Image;
import emblema.image.plan.Plan;
import emblema.image.plan.Planner;
import java.time.Clock;
import java.time.Instant;

/**
 * Carries out a plan on one image and saves what it means: contents first, then the state, then the
 * journal goes. Interrupted before the journal says "finished", all is taken back; after that,
 * {@link Recovery} saves the state.
 */
final class Execution {
  private final Image image;
  private final CachedPayloads payloads;
  private final EventSink events;
  private final Clock clock;

  Execution(Image image, CachedPayloads payloads, EventSink events, Clock clock) {
    this.image = image;
    this.payloads = payloads;
    this.events = events;
    this.clock = clock;
  }

  Applied run(Plan plan, Planner.Choice choice) {
    Instant now = clock.instant();
    ChangeNote note = ChangeNote.of(plan, choice, now);
    Applier applier =
        new Applier(image.disk(), image.layout().metadata(), payloads, Durability.FULL, events);
    Applied applied = applier.apply(plan.steps(), plan.salvage(), now, note.toBytes());
    note.save(image);
    new WorkArea(image.disk(), image.layout().metadata(), Durability.FULL).discard();
    if (image.config().isTrue("flush-content-cache-on-success")) {
      payloads.flush();
    }
    return applied;
  }
}

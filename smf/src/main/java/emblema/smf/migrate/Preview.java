package emblema.smf.migrate;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;

/** Says what a run would do, and changes nothing. */
record Preview(Disk disk, Collisions collisions, Recorder recorder) implements StagingVisitor {

  @Override
  public Optional<Target> directory(SafePath from, Stat staged, Target parent) {
    SafePath to = parent.path().resolve(from.name());
    Optional<Stat> there = disk.stat(to);
    if (there.isEmpty()) {
      record(Outcome.CREATED, from, parent, to, "");
    } else if (!there.get().isDirectory()) {
      record(Outcome.LEFT, from, parent, to, "the shared object is not a directory");
      return Optional.empty();
    }
    return Optional.of(new Target(parent.area(), parent.top(), parent.device(), to));
  }

  @Override
  public void object(SafePath from, Stat staged, Target parent) {
    SafePath to = parent.path().resolve(from.name());
    switch (collisions.decide(from, staged, to, parent.area().isAppendable(to))) {
      case Decision.Move move ->
          record(move.aside() ? Outcome.ASIDE : Outcome.MOVED, from, parent, move.to(), "");
      case Decision.Drop drop -> record(Outcome.DROPPED, from, parent, drop.to(), "");
      case Decision.Append append -> record(Outcome.APPENDED, from, parent, append.to(), "");
      case Decision.Discard discard ->
          recorder.add(0, new Change(Outcome.DISCARDED, parent.area().from(from), "", "socket"));
      case Decision.Leave leave -> record(Outcome.LEFT, from, parent, to, leave.why());
    }
  }

  private void record(Outcome outcome, SafePath from, Target parent, SafePath to, String note) {
    AreaPlaces area = parent.area();
    recorder.add(0, new Change(outcome, area.from(from), area.to(to), note));
  }

  @Override
  public void failed(SafePath from, Target parent, EmblemaException error) {
    recorder.failed(0, parent.area(), from, error);
  }
}

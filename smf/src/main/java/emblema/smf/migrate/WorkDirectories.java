package emblema.smf.migrate;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.util.LinkedHashMap;
import java.util.Map;

/** One {@link WorkDirectory} for each shared file system that needs one. */
final class WorkDirectories implements AutoCloseable {
  private final Places places;
  private final String token;
  private final WorkDirectory.Locks locks;
  private final Map<SafePath, WorkDirectory> open = new LinkedHashMap<>();

  WorkDirectories(Places places, String token, WorkDirectory.Locks locks) {
    this.places = places;
    this.token = token;
    this.locks = locks;
  }

  WorkDirectory at(StagingVisitor.Target target) {
    WorkDirectory there = open.get(target.top());
    if (there == null) {
      Disk disk = places.disk();
      there = WorkDirectory.open(disk, target.top(), token, trust(target), locks);
      open.put(target.top(), there);
    }
    return there;
  }

  /** Removes what interrupted runs left at the top of the target's file system. */
  void sweep(StagingVisitor.Target target) {
    if (!open.containsKey(target.top())) {
      WorkDirectory.sweep(places.disk(), target.top(), trust(target), locks);
    }
  }

  private Trust trust(StagingVisitor.Target target) {
    return Trust.of(target.area().area(), places);
  }

  @Override
  public void close() {
    open.values().forEach(WorkDirectory::close);
    open.clear();
  }
}

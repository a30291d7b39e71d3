package emblema.publisher.master.select;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.tree.ScanCache;
import emblema.core.tree.TreeContents;
import emblema.core.tree.TreeDigest;
import emblema.core.tree.TreeIndex;

/**
 * One master tree as it was read: everything in it, and the part that is delivered, with contents.
 *
 * @param disk opened at the tree's root
 * @param all every object, contents unknown
 * @param delivered selected objects, contents known
 */
public record MasterTree(Disk disk, TreeIndex all, TreeIndex delivered) {

  /** One digest over the delivered part. */
  public String digest() {
    return TreeDigest.of(delivered);
  }

  /** Reads the contents of the delivered part. */
  static MasterTree of(
      Disk disk,
      TreeIndex all,
      TreeIndex delivered,
      ScanCache cache,
      int threads,
      EventSink events) {
    new TreeContents(disk, cache, threads, events).learn(delivered, position -> true);
    return new MasterTree(disk, all, delivered);
  }
}

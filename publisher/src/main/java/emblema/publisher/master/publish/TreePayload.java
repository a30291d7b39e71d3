package emblema.publisher.master.publish;

import emblema.core.error.ConflictException;
import emblema.core.hash.KnownHashes;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.tree.ContentHash;
import emblema.core.tree.TreeEntry;
import emblema.store.publication.PayloadSource;
import java.io.InputStream;
import java.util.Optional;

/** The content of one file of the new tree, as long as it is the file that was planned. */
record TreePayload(Disk disk, TreeEntry entry, ContentHash hash) implements PayloadSource {
  @Override
  public long size() {
    return entry.size();
  }

  @Override
  public Optional<KnownHashes> known() {
    return hash.isFull()
        ? Optional.of(new KnownHashes(hash.sha1(), hash.sha512t256()))
        : Optional.empty();
  }

  @Override
  public InputStream open() {
    SafePath path = SafePath.of(entry.path());
    boolean same =
        disk.stat(path)
            .filter(Stat::isFile)
            .filter(now -> now.size() == entry.size() && now.mtime() == entry.mtime())
            .isPresent();
    if (!same) {
      throw new ConflictException(
          "'" + disk.describe(path) + "' changed since it was planned",
          "a master tree must be at rest: plan again");
    }
    return disk.read(path);
  }
}

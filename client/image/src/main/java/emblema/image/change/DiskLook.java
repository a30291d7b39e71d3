package emblema.image.change;

import emblema.core.action.FileAction;
import emblema.core.error.ConflictException;
import emblema.core.error.StorageException;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.EditableChanges;
import emblema.image.plan.OnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at editable files to say beforehand what will become of them. */
record DiskLook(Disk disk) implements EditableChanges.Look {
  @Override
  public OnDisk at(SafePath path, @Nullable FileAction before, @Nullable FileAction after) {
    Optional<Stat> stat;
    try {
      stat = disk.stat(path);
    } catch (ConflictException e) {
      return OnDisk.MISSING; // a link on the way: the operation itself will say so
    }
    if (stat.isEmpty()) {
      return OnDisk.MISSING;
    }
    if (!stat.get().isFile()) {
      return OnDisk.NOT_A_FILE;
    }
    if (before != null && holds(path, stat.get(), before)) {
      return OnDisk.ORIGINAL;
    }
    return after != null && holds(path, stat.get(), after) ? OnDisk.DELIVERED : OnDisk.EDITED;
  }

  private boolean holds(SafePath path, Stat stat, FileAction file) {
    if (file.size() >= 0 && file.size() != stat.size()) {
      return false;
    }
    Optional<ContentHashes.Stated> stated = ContentHashes.of(file).forContent();
    if (stated.isEmpty()) {
      return false;
    }
    MessageDigest digest = stated.get().digest().start();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = disk.read(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + disk.describe(path) + "'", e.getMessage(), List.of(), e);
    }
    return Digest.finish(digest).equals(stated.get().hex());
  }
}

package emblema.smf.migrate;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Gives a copy everything but the content: owner, mode, ACLs, extended attributes, capabilities,
 * times. What the file system or a missing privilege refuses is reported with its value, never
 * silently lost.
 */
record Metadata(Disk disk) {
  private static final String ACL = "system.posix_acl";

  /**
   * @param staged of the original, taken before it was read
   * @return what could not be applied, each a few words
   */
  List<String> copy(SafePath from, Stat staged, SafePath copy) {
    List<String> refused = new ArrayList<>();
    Stat now = disk.stat(copy).orElseThrow();
    boolean owned = own(staged, now, copy, refused);
    if (!staged.isLink()) {
      // A set-id bit on a file that belongs to somebody else would grant what nobody granted.
      int mode = owned ? staged.mode() : staged.mode() & 01777;
      disk.setMode(copy, mode);
      if (mode != staged.mode()) {
        refused.add("mode %04o".formatted(staged.mode()));
      }
    }
    attributes(from, copy, refused);
    disk.setTimes(copy, staged.atime(), staged.mtime());
    return refused;
  }

  private boolean own(Stat staged, Stat now, SafePath copy, List<String> refused) {
    if (now.uid() == staged.uid() && now.gid() == staged.gid()) {
      return true;
    }
    try {
      disk.setOwner(copy, staged.uid(), staged.gid());
      return true;
    } catch (AccessException | ConflictException e) {
      refused.add("owner %d:%d".formatted(staged.uid(), staged.gid()));
      return false;
    }
  }

  private void attributes(SafePath from, SafePath copy, List<String> refused) {
    Map<String, byte[]> wanted = disk.extendedAttributes(from);
    Map<String, byte[]> present = disk.extendedAttributes(copy);
    for (String name : present.keySet()) {
      if (name.startsWith(ACL) && !wanted.containsKey(name)) {
        disk.removeExtendedAttribute(copy, name); // Inherited from the directory.
      }
    }
    wanted.forEach(
        (name, value) -> {
          if (!Arrays.equals(value, present.get(name))) {
            set(copy, name, value, refused);
          }
        });
  }

  private void set(SafePath copy, String name, byte[] value, List<String> refused) {
    try {
      disk.setExtendedAttribute(copy, name, value);
    } catch (EmblemaException e) {
      refused.add("attribute " + name + "=" + Base64.getEncoder().encodeToString(value));
    }
  }
}

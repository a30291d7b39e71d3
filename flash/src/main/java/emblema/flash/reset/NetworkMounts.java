package emblema.flash.reset;

import java.util.List;
import java.util.Set;

/** The lines of a file system table whose file systems come over a network. */
final class NetworkMounts {
  private static final Set<String> TYPES =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "sshfs",
          "fuse.sshfs",
          "glusterfs",
          "fuse.glusterfs",
          "ceph",
          "9p",
          "afs",
          "lustre",
          "ocfs2",
          "davfs");

  private static final int TYPE = 2;
  private static final int OPTIONS = 3;

  private NetworkMounts() {}

  /** The table without them; comments and everything else stay as they are. */
  static String without(String table) {
    StringBuilder kept = new StringBuilder();
    for (String line : table.split("(?<=\n)", -1)) {
      String[] fields = line.strip().split("[ \t]+");
      boolean isMount = fields.length > OPTIONS && !fields[0].startsWith("#");
      boolean isRemote =
          isMount
              && (TYPES.contains(fields[TYPE])
                  || List.of(fields[OPTIONS].split(",", -1)).contains("_netdev"));
      if (!isRemote) {
        kept.append(line);
      }
    }
    return kept.toString();
  }
}

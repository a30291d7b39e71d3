package emblema.flash.select;

import emblema.core.io.MountPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is left out of every archive unless somebody asks for it by name: the contents of pseudo
 * file systems and of remote ones, of {@code /tmp} and {@code /var/tmp} (spec flar-cli, 3.2). The
 * directories themselves are archived.
 *
 * @param mounts of this machine
 */
public record NeverArchived(List<MountPoint> mounts) {
  private static final List<String> PSEUDO =
      List.of("proc", "sys", "run", "system/contract", "system/object");
  private static final List<String> TEMPORARY = List.of("tmp", "var/tmp");

  /** File systems that hold no files of their own, or those of other machines. */
  private static final Set<String> TYPES =
      Set.of(
          "proc",
          "sysfs",
          "devtmpfs",
          "devpts",
          "tmpfs",
          "ramfs",
          "cgroup",
          "cgroup2",
          "mqueue",
          "hugetlbfs",
          "debugfs",
          "tracefs",
          "securityfs",
          "selinuxfs",
          "pstore",
          "efivarfs",
          "bpf",
          "configfs",
          "fusectl",
          "autofs",
          "binfmt_misc",
          "rpc_pipefs",
          "nfsd",
          "nsfs",
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "ncpfs",
          "afs",
          "ceph",
          "9p",
          "virtiofs",
          "glusterfs",
          "lustre",
          "ocfs2",
          "gfs2",
          "ctfs",
          "objfs",
          "mntfs",
          "sharefs");

  public NeverArchived {
    mounts = List.copyOf(mounts);
  }

  /** Directories whose contents are left out, relative to the image. */
  List<String> paths(String root, boolean leavesTemporaryFilesOut) {
    Set<String> paths = new TreeSet<>(PSEUDO);
    if (leavesTemporaryFilesOut) {
      paths.addAll(TEMPORARY);
    }
    String prefix = root.endsWith("/") ? root : root + "/";
    for (MountPoint mount : mounts) {
      boolean isLeftOut =
          TYPES.contains(mount.fileSystem()) || mount.fileSystem().startsWith("fuse.");
      if (isLeftOut && mount.target().startsWith(prefix) && !mount.target().equals(root)) {
        paths.add(mount.target().substring(prefix.length()));
      }
    }
    return new ArrayList<>(paths);
  }
}

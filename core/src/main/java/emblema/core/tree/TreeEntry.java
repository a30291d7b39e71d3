package emblema.core.tree;

import emblema.core.io.Stat;

/**
 * One object of a scanned tree, without its content.
 *
 * @param path relative to the root of the tree, without a leading slash; {@code OsNames} text
 * @param mode permission bits, 12 bits
 * @param owner the name that the tree's own {@code etc/passwd} gives the uid, or empty text
 * @param group the name that the tree's own {@code etc/group} gives the gid, or empty text
 * @param size bytes of a regular file, else 0
 * @param links number of hard links
 * @param rawDevice of a device node: major in the high 32 bits, minor in the low
 * @param mtime nanoseconds since the epoch; so is ctime
 * @param target of a symbolic link, as it is, else empty text
 */
public record TreeEntry(
    String path,
    Stat.Kind kind,
    int mode,
    String owner,
    String group,
    int uid,
    int gid,
    long size,
    long links,
    long device,
    long inode,
    long rawDevice,
    long mtime,
    long ctime,
    String target) {

  public boolean isFile() {
    return kind == Stat.Kind.FILE;
  }

  public boolean isDirectory() {
    return kind == Stat.Kind.DIRECTORY;
  }

  public boolean isLink() {
    return kind == Stat.Kind.LINK;
  }

  /** The last name of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path of the directory that holds this; empty text at the top. */
  public String parent() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The mode as manifests write it: four octal digits, {@code 0755}. */
  public String modeText() {
    String digits = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /** The same object, its path being another object of Java; the paths must be equal. */
  @SuppressWarnings("ReferenceEquality")
  TreeEntry at(String samePath) {
    return path == samePath
        ? this
        : new TreeEntry(
            samePath, kind, mode, owner, group, uid, gid, size, links, device, inode, rawDevice,
            mtime, ctime, target);
  }

  /** The same object with other names for its owner. */
  public TreeEntry ownedBy(String newOwner, String newGroup) {
    return owner.equals(newOwner) && group.equals(newGroup)
        ? this
        : new TreeEntry(
            path, kind, mode, newOwner, newGroup, uid, gid, size, links, device, inode, rawDevice,
            mtime, ctime, target);
  }
}

package emblema.publisher.master.select;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.tree.ContentHash;
import emblema.core.tree.Oddities;
import emblema.core.tree.TreeDigest;
import emblema.core.tree.TreeIndex;
import java.util.List;

/**
 * One master tree as it was read: everything in it, and the part that is delivered, with contents.
 *
 * @param disk opened at the tree's root
 * @param all every object, contents unknown
 * @param delivered selected objects, contents known
 * @param oddities of any of the objects
 * @param digest one over the delivered part and the files that shape packages without being
 *     delivered as they are: accounts, the package database
 */
public record MasterTree(
    Disk disk, TreeIndex all, TreeIndex delivered, Oddities oddities, String digest) {
  private static final List<String> SHAPING =
      List.of(
          "etc/passwd",
          "etc/group",
          "etc/shadow",
          "etc/gshadow",
          "etc/subuid",
          "etc/subgid",
          "var/lib/dpkg/status");

  static MasterTree of(Disk disk, TreeIndex all, TreeIndex delivered, Oddities oddities) {
    return new MasterTree(disk, all, delivered, oddities, digest(disk, delivered));
  }

  /** The same with another delivered part; the digest stays that of what was read. */
  public MasterTree delivering(TreeIndex part) {
    return new MasterTree(disk, all, part, oddities, digest);
  }

  private static String digest(Disk disk, TreeIndex delivered) {
    StringBuilder digests = new StringBuilder(TreeDigest.of(delivered));
    for (String path : SHAPING) {
      SafePath file = SafePath.of(path);
      if (disk.stat(file).filter(Stat::isFile).isPresent()) {
        String hash = ContentHash.ofBytes(disk.readBytes(file)).sha512t256();
        digests.append('\n').append(path).append(' ').append(hash);
      }
    }
    return TreeDigest.ofText(digests.toString());
  }
}

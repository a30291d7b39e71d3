package emblema.core.tree;

import emblema.core.hash.Digest;
import emblema.core.io.OsNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One digest for a whole tree: SHA-256 over its canonical listing (spec master-image-diff, section
 * 10). A line an object, sorted by path, fields parted by NUL: kind, mode, owner, group, what it
 * holds (SHA-512/256 of the content, target of the link, device numbers, path of the first hard
 * link), its extended attributes, path. Times and numeric ids do not count. Links have no mode and
 * owner.
 */
public final class TreeDigest {
  private TreeDigest() {}

  public static String of(TreeIndex index) {
    MessageDigest digest = Digest.SHA256.start();
    LinkGroups links = LinkGroups.of(index, path -> false);
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int i = 0; i < index.size(); i++) {
      line.reset();
      line(index, i, links, line);
      digest.update(line.toByteArray());
    }
    return Digest.finish(digest);
  }

  private static void line(
      TreeIndex index, int position, LinkGroups links, ByteArrayOutputStream line) {
    TreeEntry entry = index.entry(position);
    String owned =
        entry.isLink() ? "\0\0" : entry.modeText() + "\0" + entry.owner() + "\0" + entry.group();
    field(line, entry.kind().name());
    field(line, owned);
    field(line, holds(index, position, links));
    index.facts(position).extensions().forEach((name, value) -> field(line, name + "=" + value));
    line.writeBytes(OsNames.encode(entry.path()));
    line.write('\n');
  }

  private static String holds(TreeIndex index, int position, LinkGroups links) {
    TreeEntry entry = index.entry(position);
    return switch (entry.kind()) {
      case FILE -> {
        String leader = links.leaderIfFollower(entry.path());
        yield leader == null ? index.hash(position).sha512t256() : "=" + leader;
      }
      case LINK -> entry.target();
      case CHARACTER, BLOCK -> Long.toString(entry.rawDevice());
      case DIRECTORY, FIFO, SOCKET -> "";
    };
  }

  private static void field(ByteArrayOutputStream line, String text) {
    line.writeBytes(OsNames.encode(text));
    line.write(0);
  }

  /** SHA-256 of a text, for digests of rules and plans. */
  public static String ofText(String text) {
    return Digest.SHA256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}

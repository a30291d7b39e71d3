package emblema.core.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * An index as text, one object a line in the order of paths, fields parted by tabs: kind, mode,
 * owner, group, size, SHA-512/256 of the content, path, target of a link. What a field does not
 * have is {@code -}.
 */
public final class TreeListing {
  private TreeListing() {}

  public static void write(TreeIndex index, OutputStream out) throws IOException {
    try {
      lines(
          index,
          line -> {
            try {
              out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  public static void lines(TreeIndex index, Consumer<String> each) {
    for (int i = 0; i < index.size(); i++) {
      each.accept(line(index, i));
    }
  }

  private static String line(TreeIndex index, int position) {
    TreeEntry entry = index.entry(position);
    boolean link = entry.isLink();
    return String.join(
        "\t",
        entry.kind().name().toLowerCase(java.util.Locale.ROOT),
        link ? "-" : entry.modeText(),
        link ? "-" : entry.owner(),
        link ? "-" : entry.group(),
        entry.isFile() ? Long.toString(entry.size()) : "-",
        entry.isFile() ? index.hash(position).sha512t256() : "-",
        entry.path(),
        link ? entry.target() : "-");
  }
}

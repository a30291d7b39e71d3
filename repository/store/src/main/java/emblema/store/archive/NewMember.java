package emblema.store.archive;

import emblema.core.hash.ContentHashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A member of an archive that is being made.
 *
 * @param size of the data in bytes
 * @param comment for its pax header, or empty
 * @param hash what the data must hash to, if that is known
 */
record NewMember(
    String name,
    char type,
    long size,
    String comment,
    Optional<ContentHashes.Stated> hash,
    MemberSource source) {

  static NewMember directory(String name) {
    return new NewMember(
        name, TarBlock.DIRECTORY, 0, "", Optional.empty(), InputStream::nullInputStream);
  }

  static NewMember of(String name, String comment, byte[] content) {
    return new NewMember(
        name,
        TarBlock.FILE,
        content.length,
        comment,
        Optional.empty(),
        () -> new ByteArrayInputStream(content));
  }

  /** Headers and data, in whole blocks. */
  long entrySize() {
    return headers().length + TarBlock.padded(size);
  }

  /** The header block, after a pax header if the block cannot say it all. */
  byte[] headers() {
    boolean longName =
        name.getBytes(StandardCharsets.UTF_8).length > TarBlock.LONGEST_NAME || !isAscii(name);
    boolean huge = size > TarBlock.LARGEST_SIZE;
    String records =
        (comment.isEmpty() ? "" : record("comment", comment))
            + (longName ? record("path", name) : "")
            + (huge ? record("size", Long.toString(size)) : "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!records.isEmpty()) {
      byte[] bytes = records.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(new TarBlock("././@PaxHeader", bytes.length, TarBlock.PAX).toBytes());
      out.writeBytes(bytes);
      out.writeBytes(new byte[(int) (TarBlock.padded(bytes.length) - bytes.length)]);
    }
    out.writeBytes(new TarBlock(name, huge ? 0 : size, type).toBytes());
    return out.toByteArray();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** {@code <length> <name>=<value>\n}, where the length counts its own digits. */
  private static String record(String name, String value) {
    String rest = " " + name + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int digits = 1;
    while (Integer.toString(length + digits).length() > digits) {
      digits++;
    }
    return (length + digits) + rest;
  }
}

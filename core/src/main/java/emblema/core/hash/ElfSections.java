package emblema.core.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hashes the sections of an ELF file that say what the program does (spec manifest, 6.5). */
final class ElfSections {
  /** What differs between builds of one program. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          ".SUNW_signature",
          ".comment",
          ".SUNW_dof",
          ".debug",
          ".plt",
          ".rela.bss",
          ".rela.plt",
          ".line",
          ".note",
          ".compcom");

  private static final int LONGEST_NAME = 16;

  private final RandomBytes file;
  private final long size;
  private final MessageDigest sha1 = Digest.SHA1.start();
  private final MessageDigest strong = Digest.SHA512T_256.start();
  private final ByteBuffer buffer = ByteBuffer.allocate(32 << 10);
  private long hashed;

  ElfSections(RandomBytes file, long size) {
    this.file = file;
    this.size = size;
  }

  /** The zero-terminated name at the place; null if it is longer than any that matters. */
  @Nullable String name(long at) throws IOException {
    if (at < 0 || at >= size) {
      return null;
    }
    ByteBuffer name = ByteBuffer.allocate((int) Math.min(LONGEST_NAME, size - at));
    file.fill(at, name);
    for (int i = 0; i < name.limit(); i++) {
      if (name.get(i) == 0) {
        return new String(name.array(), 0, i, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  /** False if the section reaches beyond the file, or all sections are longer than the file. */
  boolean add(@Nullable String name, boolean noBits, long offset, long length) throws IOException {
    if (name != null && LEFT_OUT.contains(name)) {
      return true;
    }
    if (noBits) {
      update(ByteBuffer.allocate(8).putLong(0, length));
      return true;
    }
    hashed += length;
    if (offset < 0 || length < 0 || offset > size - length || hashed > size) {
      return false;
    }
    for (long at = offset; at < offset + length; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), offset + length - at));
      if (!file.fillRest(at, buffer)) {
        throw new IOException("the file became shorter while it was read");
      }
      update(buffer);
    }
    return true;
  }

  private void update(ByteBuffer bytes) {
    sha1.update(bytes.array(), 0, bytes.limit());
    strong.update(bytes.array(), 0, bytes.limit());
  }

  String sha1() {
    return Digest.finish(sha1);
  }

  String strong() {
    return Digest.finish(strong);
  }
}

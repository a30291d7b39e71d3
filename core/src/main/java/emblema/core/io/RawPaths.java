package emblema.core.io;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Paths of the JDK from and to bytes, whatever the locale: {@code Path.of(String)} loses names
 * outside the locale's character set, file URIs carry the bytes unchanged.
 */
final class RawPaths {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.";

  private RawPaths() {}

  /** The absolute name of a path, as bytes. */
  static byte[] bytes(Path path) {
    String escaped = path.toUri().getRawPath();
    ByteArrayOutputStream out = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        out.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }

  /** The path below an absolute root. */
  static Path below(Path root, SafePath path) {
    if (path.isRoot()) {
      return root;
    }
    if (isPlain(path.text())) {
      return root.resolve(path.text());
    }
    return root.resolve(target(path.text()));
  }

  /** A link's target as a path: absolute, or relative to nothing yet. */
  static Path target(String text) {
    if (isPlain(text)) {
      return Path.of(text);
    }
    byte[] bytes = OsNames.encode(text);
    if (bytes[0] == '/') {
      return Path.of(URI.create("file://" + escape(bytes)));
    }
    Path absolute = Path.of(URI.create("file:///" + escape(bytes)));
    return absolute.subpath(0, absolute.getNameCount());
  }

  /** The text of a link's target. */
  static String targetText(Path target) {
    String text = target.toString();
    if (isPlain(text)) {
      return text;
    }
    byte[] bytes = bytes(Path.of("/").resolve(target));
    int start = target.isAbsolute() ? 0 : 1;
    boolean isSlashAdded = bytes[bytes.length - 1] == '/' && !text.endsWith("/");
    int end = isSlashAdded ? bytes.length - 1 : bytes.length;
    return OsNames.decode(Arrays.copyOfRange(bytes, start, end));
  }

  /** The last name of a path. */
  static String name(Path path) {
    Path last = path.getFileName();
    String text = last == null ? "" : last.toString();
    if (isPlain(text)) {
      return text;
    }
    byte[] all = bytes(path);
    int end = all.length;
    while (end > 1 && all[end - 1] == '/') {
      end--;
    }
    int start = end;
    while (all[start - 1] != '/') {
      start--;
    }
    return OsNames.decode(Arrays.copyOfRange(all, start, end));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (PLAIN.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String escape(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      if (b == '/') {
        text.append('/');
      } else {
        text.append('%').append(String.format("%02X", b & 0xFF));
      }
    }
    return text.toString();
  }
}

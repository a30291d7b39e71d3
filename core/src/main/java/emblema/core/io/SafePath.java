package emblema.core.io;

import emblema.core.error.MalformedException;
import java.util.Optional;

/**
 * A path below some root: one or more names joined by {@code /}, or the root itself (empty text).
 * It cannot hold an absolute name, {@code .}, {@code ..}, empty names or NUL, nor a name over 255
 * bytes. Bytes of a file name that are not UTF-8 appear as lone surrogates U+DC80 to U+DCFF, so
 * that every name on disk has a text and comes back unchanged.
 */
public record SafePath(String text) implements Comparable<SafePath> {
  public static final SafePath ROOT = new SafePath("");

  public SafePath {
    check(text);
  }

  /** Leading slashes are dropped, as manifests allow them; everything else is checked. */
  public static SafePath of(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == '/') {
      start++;
    }
    return new SafePath(text.substring(start));
  }

  private static void check(String text) {
    if (text.isEmpty()) {
      return;
    }
    int start = 0;
    while (start <= text.length()) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      String name = text.substring(start, end);
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw refusal(text, name.isEmpty() ? "an empty name" : "the name '" + name + "'");
      }
      if (name.indexOf('\0') >= 0) {
        throw refusal(text, "a NUL character");
      }
      if (name.length() > 63 && OsNames.lengthInBytes(name) > 255) {
        throw refusal(text, "a name over 255 bytes");
      }
      start = end + 1;
      if (slash < 0) {
        break;
      }
    }
  }

  private static MalformedException refusal(String text, String why) {
    return new MalformedException(
        "path '" + text.replace("\0", "\\0") + "' is not allowed: it contains " + why,
        "paths are relative to the root, with plain names joined by single slashes");
  }

  public boolean isRoot() {
    return text.isEmpty();
  }

  /** The last name; empty for the root. */
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** The directory that holds this; nothing for the root. */
  public Optional<SafePath> parent() {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int slash = text.lastIndexOf('/');
    return Optional.of(slash < 0 ? ROOT : new SafePath(text.substring(0, slash)));
  }

  /** This path with more names below it; the argument is checked like any path. */
  public SafePath resolve(String below) {
    return text.isEmpty() ? new SafePath(below) : new SafePath(text + "/" + below);
  }

  public SafePath resolve(SafePath below) {
    return below.isRoot() ? this : resolve(below.text);
  }

  /** Whether this is {@code ancestor} or lies below it, by whole names. */
  public boolean startsWith(SafePath ancestor) {
    return ancestor.text.isEmpty()
        || text.equals(ancestor.text)
        || (text.startsWith(ancestor.text) && text.charAt(ancestor.text.length()) == '/');
  }

  /** The rest of this path below an ancestor. */
  public SafePath relativeTo(SafePath ancestor) {
    if (!startsWith(ancestor)) {
      throw new IllegalArgumentException(text + " is not below " + ancestor.text);
    }
    if (ancestor.text.isEmpty()) {
      return this;
    }
    return text.length() == ancestor.text.length()
        ? ROOT
        : new SafePath(text.substring(ancestor.text.length() + 1));
  }

  /** By code point, so that a directory comes before what it holds. */
  @Override
  public int compareTo(SafePath other) {
    return OsNames.compare(text, other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

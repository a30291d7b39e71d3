package emblema.core.action;

import emblema.core.attribute.Attributes;
import org.jspecify.annotations.Nullable;

/** A regular file with content. */
public record FileAction(@Nullable String payload, Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.FILE;
  }

  public String path() {
    return attributes.get("path", "");
  }

  /** Permission bits as a number, 12 bits; the text may be {@code 0755} or {@code 755}. */
  public int mode() {
    return Integer.parseInt(attributes.get("mode", "0"), 8);
  }

  public String owner() {
    return attributes.get("owner", "");
  }

  public String group() {
    return attributes.get("group", "");
  }

  /** The preserve value (spec manifest, section 14), or empty text. */
  public String preserve() {
    return attributes.get("preserve", "");
  }

  /** Length of the content in bytes, or -1 if the manifest does not say. */
  public long size() {
    return Long.parseLong(attributes.get("pkg.size", "-1"));
  }

  /** Length of the stored gzip stream in bytes, or -1 if the manifest does not say. */
  public long compressedSize() {
    return Long.parseLong(attributes.get("pkg.csize", "-1"));
  }
}

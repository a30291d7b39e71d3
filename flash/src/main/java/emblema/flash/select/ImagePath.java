package emblema.flash.select;

import emblema.core.error.UsageException;
import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.List;

/** Paths as users type them (spec flar-cli, 3.1). */
public final class ImagePath {
  private ImagePath() {}

  /**
   * The path relative to the image. A path below the image's root on this machine means that
   * object; any other is taken as rooted in the image. Names are literal.
   *
   * @param root of the image, absolute
   */
  public static SafePath of(String typed, String root) {
    String prefix = root.endsWith("/") ? root : root + "/";
    String inImage =
        typed.equals(root)
            ? ""
            : typed.startsWith(prefix) ? typed.substring(prefix.length()) : typed;
    List<String> names = new ArrayList<>();
    for (String name : inImage.split("/", -1)) {
      if (name.equals("..")) {
        throw new UsageException(
            "path '" + typed + "' contains '..'", "name the object by its own path in the image");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return SafePath.of(String.join("/", names));
  }
}

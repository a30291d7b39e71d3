package emblema.publisher.bundle;

import emblema.core.error.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@code pkginfo}: lines {@code KEY=value}. */
final class PackageInformation {
  private PackageInformation() {}

  /**
   * @param place named in errors
   */
  static Map<String, String> parse(String text, String place) {
    Map<String, String> values = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      int equals = stripped.indexOf('=');
      if (equals < 1) {
        throw new MalformedException(place, number, 0, "expected 'KEY=value'", "    " + stripped);
      }
      values.put(stripped.substring(0, equals), unquoted(stripped.substring(equals + 1).strip()));
    }
    if (values.getOrDefault("PKG", "").isEmpty()) {
      throw new MalformedException(place, 0, 0, "the package has no name: 'PKG' is missing", null);
    }
    return values;
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? 0 : value.charAt(0);
    boolean quoted =
        value.length() > 1 && (first == '"' || first == '\'') && value.endsWith(first + "");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Length and sum as a pkgmap has them: all bytes added, what is above 16 bits added again. */
  static PackageMapLine.Sum sum(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        total += buffer[i] & 0xff;
      }
      size += n;
    }
    long folded = (total & 0xffff) + (total >> 16 & 0xffff);
    return new PackageMapLine.Sum(size, (int) ((folded & 0xffff) + (folded >> 16)));
  }
}

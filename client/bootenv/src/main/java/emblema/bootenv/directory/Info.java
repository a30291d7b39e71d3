package emblema.bootenv.directory;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is noted about an environment.
 *
 * @param origin the environment that it was cloned from, or empty
 */
record Info(String uuid, Instant created, String origin, String description) {

  byte[] toBytes() {
    return ("uuid = "
            + uuid
            + "\ncreated = "
            + created
            + "\norigin = "
            + origin
            + "\ndescription = "
            + description.replaceAll("\\R", " ")
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Notes are for people: what is missing or damaged is taken as not known. */
  static Info parse(byte[] bytes, Instant otherwise) {
    Map<String, String> values = new TreeMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return new Info(
        values.getOrDefault("uuid", ""),
        instant(values.getOrDefault("created", ""), otherwise),
        values.getOrDefault("origin", ""),
        values.getOrDefault("description", ""));
  }

  private static Instant instant(String text, Instant otherwise) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}

package emblema.publisher.bundle;

import emblema.core.error.MalformedException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code pkgmap}: {@code part type class path[=local] …}.
 *
 * @param type one letter
 * @param klass the class; empty for information files
 * @param path as written, absolute or relocatable
 * @param local what stands behind an equals sign: the target of a link, or the name in the package
 * @param mode octal digits, or {@code ?}; null where the type has none
 * @param sum of the content: length and the sum of its bytes; null where it has none
 * @param place {@code file:line}
 */
record PackageMapLine(
    char type,
    String klass,
    String path,
    String local,
    @Nullable String mode,
    @Nullable String owner,
    @Nullable String group,
    @Nullable Sum sum,
    String place) {

  /**
   * @param size in bytes
   * @param checksum 16 bits, as {@code sum} prints
   */
  record Sum(long size, int checksum) {}

  /** The entry; nothing for the line that says how large the package is. */
  static Optional<PackageMapLine> parse(String line, String place) {
    List<String> words = List.of(line.strip().split("\\s+"));
    if (words.getFirst().equals(":") || words.getFirst().startsWith("#") || line.isBlank()) {
      return Optional.empty();
    }
    try {
      boolean parted = words.getFirst().matches("[0-9]+");
      List<String> rest = parted ? words.subList(1, words.size()) : words;
      return Optional.of(entry(rest, place));
    } catch (IndexOutOfBoundsException | NoSuchElementException | NumberFormatException e) {
      throw new MalformedException(place + ": not a line of a pkgmap: '" + line + "'");
    }
  }

  private static PackageMapLine entry(List<String> words, String place) {
    char type = words.getFirst().charAt(0);
    if (words.getFirst().length() != 1 || "bcdefilpsvx".indexOf(type) < 0) {
      throw new MalformedException(place + ": '" + words.getFirst() + "' is no type of an object");
    }
    if (type == 'i') {
      return new PackageMapLine(
          type,
          "",
          name(words.get(1)),
          local(words.get(1)),
          null,
          null,
          null,
          sum(words, 2),
          place);
    }
    String path = name(words.get(2));
    String local = local(words.get(2));
    if (type == 's' || type == 'l') {
      return new PackageMapLine(type, words.get(1), path, local, null, null, null, null, place);
    }
    int at = type == 'b' || type == 'c' ? 5 : 3;
    boolean isFile = "fev".indexOf(type) >= 0;
    return new PackageMapLine(
        type,
        words.get(1),
        path,
        local,
        words.get(at),
        words.get(at + 1),
        words.get(at + 2),
        isFile ? sum(words, at + 3) : null,
        place);
  }

  private static @Nullable Sum sum(List<String> words, int at) {
    return words.size() < at + 2
        ? null
        : new Sum(Long.parseLong(words.get(at)), Integer.parseInt(words.get(at + 1)));
  }

  private static String name(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static String local(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? "" : word.substring(equals + 1);
  }

  boolean hasContent() {
    return "fevi".indexOf(type) >= 0;
  }

  /** Whether the mode or an owner is left to the machine where the package is installed. */
  boolean isOpen() {
    return "?".equals(mode) || "?".equals(owner) || "?".equals(group);
  }

  /** Where the content is in the package. */
  String member() {
    if (type == 'i') {
      return path.equals("pkginfo") ? path : "install/" + path;
    }
    String stored = local.isEmpty() ? path : local;
    return stored.startsWith("/") ? "root" + stored : "reloc/" + stored;
  }

  MalformedException error(String reason) {
    return new MalformedException(place + ": " + reason);
  }
}

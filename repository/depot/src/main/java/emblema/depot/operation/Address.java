package emblema.depot.operation;

import emblema.core.error.MalformedException;
import emblema.core.fmri.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path taken apart: {@code [/PUBLISHER]/OPERATION/VERSION[/ARGUMENT…]}. Each part is decoded
 * once. What does not have this form has no operation.
 *
 * @param version as sent; empty if it is missing
 */
record Address(
    Optional<String> publisher,
    Optional<String> operation,
    String version,
    List<String> arguments) {

  /**
   * @param operations names of operations, which no publisher can have
   */
  static Address parse(String path, Set<String> operations) {
    List<String> parts = parts(path);
    int at = 0;
    Optional<String> publisher = Optional.empty();
    if (parts.size() > 1
        && !operations.contains(parts.getFirst())
        && operations.contains(parts.get(1))) {
      publisher = Optional.of(parts.getFirst());
      at = 1;
    }
    if (parts.size() <= at || !operations.contains(parts.get(at))) {
      return new Address(Optional.empty(), Optional.empty(), "", parts);
    }
    String version = parts.size() > at + 1 ? parts.get(at + 1) : "";
    List<String> arguments =
        parts.size() > at + 2 ? parts.subList(at + 2, parts.size()) : List.of();
    return new Address(publisher, Optional.of(parts.get(at)), version, arguments);
  }

  /** Decoded; empty ones at the end are left out. */
  private static List<String> parts(String path) {
    if (!path.startsWith("/")) {
      throw new MalformedException("'" + path + "' is not a path");
    }
    List<String> parts = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      String decoded = PercentEncoding.decode(part);
      if (decoded.equals(".") || decoded.equals("..") || hasControl(decoded)) {
        throw new MalformedException("'" + path + "' is not a path");
      }
      parts.add(decoded);
    }
    while (!parts.isEmpty() && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts;
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
  }

  /** The version as a number; -1 if it is none. */
  int number() {
    return version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : -1;
  }
}

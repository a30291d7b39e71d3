package emblema.publisher.cli;

import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The properties asked for, and which of them were seen; all if none were asked for. */
final class WantedProperties {
  private final List<String> names;
  private final Set<String> seen = new HashSet<>();

  WantedProperties(List<String> names) {
    this.names = names;
  }

  boolean wants(String name) {
    for (String wanted : names) {
      if (wanted.replace('_', '-').equals(name.replace('_', '-'))) {
        seen.add(wanted);
        return true;
      }
    }
    return names.isEmpty();
  }

  private List<String> missing() {
    return names.stream().filter(name -> !seen.contains(name)).toList();
  }

  void requireAny() {
    if (!names.isEmpty() && seen.isEmpty()) {
      throw new NotFoundException("no matching properties found", list(), List.of(), null);
    }
  }

  void requireAll() {
    if (!missing().isEmpty()) {
      throw new PartialException("some properties were not found", list(), List.of(), null);
    }
  }

  private String list() {
    return "unknown: '" + String.join("', '", missing()) + "'";
  }
}

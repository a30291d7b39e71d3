package emblema.store.http;

import emblema.core.error.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a depot can do: the answer to {@code versions/0}, operations with their versions (spec
 * depot-protocol, sections 4 and 11.4).
 */
record DepotVersions(Map<String, Set<Integer>> operations) {
  private static final String MARK = "pkg-server";

  /**
   * @param source the address, named if it is not a depot that answered
   */
  static DepotVersions parse(byte[] bytes, String source) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.contains(MARK)) {
      throw new MalformedException(
          "'" + source + "' is not a package depot", "check the address with a browser");
    }
    Map<String, Set<Integer>> operations = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 1 && !words[0].equals(MARK)) {
        Set<Integer> versions = new TreeSet<>();
        for (int i = 1; i < words.length; i++) {
          if (words[i].matches("[0-9]{1,4}")) {
            versions.add(Integer.valueOf(words[i]));
          }
        }
        operations.put(words[0], versions);
      }
    }
    return new DepotVersions(operations);
  }

  boolean has(String operation, int version) {
    return operations.getOrDefault(operation, Set.of()).contains(version);
  }
}

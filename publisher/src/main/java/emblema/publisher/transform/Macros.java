package emblema.publisher.transform;

import emblema.core.error.MalformedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Definitions {@code name=value}; each {@code $(name)} of a line stands for the value. */
public final class Macros {
  public static final Macros NONE = new Macros(Map.of());

  /** Substitutions in one line; more are a macro that contains itself. */
  private static final int MOST = 10_000;

  private static final int LONGEST = 16 << 20;

  private final Map<String, String> values;

  private Macros(Map<String, String> values) {
    this.values = values;
  }

  /** Reads definitions as typed. A later one of the same name wins. */
  public static Macros of(List<String> definitions) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String definition : definitions) {
      int equals = definition.indexOf('=');
      if (equals < 1) {
        throw new MalformedException(
            "'" + definition + "' does not define a macro", "write 'name=value'");
      }
      values.put(definition.substring(0, equals), definition.substring(equals + 1));
    }
    return new Macros(values);
  }

  /** The line without defined macros; others stay. */
  String replaceIn(String line) {
    if (values.isEmpty() || !line.contains("$(")) {
      return line;
    }
    String result = line;
    int count = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<String, String> macro : values.entrySet()) {
        String name = "$(" + macro.getKey() + ")";
        if (result.contains(name)) {
          result = result.replace(name, macro.getValue());
          changed = true;
          if (++count > MOST || result.length() > LONGEST) {
            throw new MalformedException("the macro '" + macro.getKey() + "' contains itself");
          }
        }
      }
    }
    return result;
  }
}

package emblema.store.search;

import emblema.core.error.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * A query and how to answer it (spec depot-protocol, 6.1).
 *
 * @param text in the query language
 * @param caseSensitive whether tokens must match in case
 * @param packages whether packages are wanted instead of actions
 * @param limit the most results, or null
 * @param start how many results are skipped
 */
public record Search(
    String text, boolean caseSensitive, boolean packages, @Nullable Integer limit, int start) {

  private static final int FIELDS = 5;

  /** Actions, whatever their case, all of them. */
  public static Search actions(String text) {
    return new Search(text, false, false, null, 0);
  }

  /** Packages, whatever the case, all of them. */
  public static Search packages(String text) {
    return new Search(text, false, true, null, 0);
  }

  public Search withLimit(int most) {
    return new Search(text, caseSensitive, packages, most, start);
  }

  /** Reads {@code case_return_number_start_text}; {@link #toString} writes it. */
  public static Search parse(String wire) {
    String[] fields = wire.split("_", FIELDS);
    if (fields.length < FIELDS) {
      throw new MalformedException(
          "A query is expected to have five fields: case sensitivity, return type, number of"
              + " results to return, the number at which to start returning results, and the text"
              + " of the query.  The query provided lacked at least one of those fields:\n"
              + wire);
    }
    Integer start = number(fields[3], "start", wire);
    return new Search(
        fields[4],
        truth(fields[0], wire),
        isPackages(fields[1], wire),
        number(fields[2], "number of results", wire),
        start == null ? 0 : start);
  }

  private static boolean truth(String field, String wire) {
    return switch (field) {
      case "True" -> true;
      case "False" -> false;
      default -> throw malformed("case sensitivity must be True or False", wire);
    };
  }

  private static boolean isPackages(String field, String wire) {
    return switch (field) {
      case "1" -> true;
      case "2" -> false;
      default -> throw malformed("the return type must be 1 or 2", wire);
    };
  }

  private static @Nullable Integer number(String field, String what, String wire) {
    if (field.equals("None")) {
      return null;
    }
    try {
      int value = Integer.parseInt(field);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw malformed("the " + what + " must be None or a number", wire);
  }

  private static MalformedException malformed(String reason, String wire) {
    return new MalformedException("the search '" + wire + "' cannot be read: " + reason);
  }

  @Override
  public String toString() {
    return (caseSensitive ? "True_" : "False_")
        + (packages ? "1_" : "2_")
        + (limit == null ? "None" : limit)
        + "_"
        + (start == 0 ? "None" : start)
        + "_"
        + text;
  }
}

package emblema.bootenv;

import emblema.core.error.UsageException;
import java.util.Collection;
import java.util.List;

/**
 * Names of boot environments: which are valid, and how new ones are made (spec, sections 1 and 5).
 */
public final class EnvironmentNames {
  private static final int LONGEST = 200;

  private EnvironmentNames() {}

  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > LONGEST || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> isLetterOrDigit((char) c) || "-_.:".indexOf(c) >= 0);
  }

  /** Returns the name, or says what is wrong with it. */
  public static String require(String name) {
    if (!isValid(name)) {
      throw new UsageException(
          "invalid boot environment name '" + name + "'",
          null,
          List.of(
              "letters, digits and '-', '_', '.', ':' are allowed, the first must be a letter or a"
                  + " digit, and there may be "
                  + LONGEST
                  + " in all"),
          null);
    }
    return name;
  }

  /**
   * A free name like a template: {@code be-3} gives {@code be-6} if there is {@code be-5}. Gaps are
   * not used. For the automatic name of a new environment the template is the running one's name.
   */
  public static String free(String template, Collection<String> existing) {
    Numbered own = Numbered.of(template);
    long number = own.number();
    for (String name : existing) {
      Numbered other = Numbered.of(name);
      if (other.base().equals(own.base())) {
        number = Math.max(number, other.number());
      }
    }
    while (true) {
      String candidate = number == 0 ? own.base() : own.base() + "-" + number;
      if (!existing.contains(candidate)) {
        return candidate;
      }
      number++;
    }
  }

  /** The name of a copy that is kept before the running environment is changed in place. */
  public static String backup(String current, Collection<String> existing) {
    return free(current + "-backup-1", existing);
  }

  private record Numbered(String base, long number) {
    static Numbered of(String name) {
      int dash = name.lastIndexOf('-');
      String digits = name.substring(dash + 1);
      boolean isNumbered =
          dash > 0
              && !digits.isEmpty()
              && digits.length() < 18
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      return isNumbered
          ? new Numbered(name.substring(0, dash), Long.parseLong(digits))
          : new Numbered(name, 0);
    }
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}

package emblema.publisher.transform;

import emblema.core.error.MalformedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's regular expressions as Java's. Most of the two languages is one; where the same text
 * means something else, or only one of them has a meaning for it, it is written anew.
 */
final class RegexpTranslation {
  private static final Pattern COUNT = Pattern.compile("\\{(\\d+|(\\d*),(\\d*))}");
  private static final Pattern FLAGS = Pattern.compile("([aiLmsux]*)(-[imsx]+)?([:)])");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private final String text;
  private final StringBuilder java = new StringBuilder();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private int groups;
  private boolean ascii;
  private int at;

  private RegexpTranslation(String text) {
    this.text = text;
  }

  static RegexpTranslation of(String text) {
    RegexpTranslation translation = new RegexpTranslation(text);
    translation.translate();
    return translation;
  }

  String java() {
    return java.toString();
  }

  /** Groups by name; Java's names may not hold all that Python's may, so there they have none. */
  Map<String, Integer> names() {
    return names;
  }

  /** Whether classes like {@code \w} mean ASCII only. */
  boolean ascii() {
    return ascii;
  }

  private void translate() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '\\' -> {
          at += 1;
          escape(false);
        }
        case '[' -> characterClass();
        case '(' -> open();
        case '{' -> brace();
        default -> {
          java.append(c);
          at++;
        }
      }
    }
  }

  /** A brace that counts nothing stands for itself. */
  private void brace() {
    Matcher count = COUNT.matcher(text).region(at, text.length());
    if (!count.lookingAt()) {
      java.append("\\{");
      at++;
      return;
    }
    boolean fromNothing = "".equals(count.group(2));
    java.append(fromNothing ? "{0," + count.group(3) + "}" : count.group());
    at = count.end();
  }

  private void open() {
    if (!text.startsWith("(?", at)) {
      groups++;
      java.append('(');
      at++;
    } else if (text.startsWith("(?P<", at) || isJavaName()) {
      int start = text.indexOf('<', at) + 1;
      int close = text.indexOf('>', start);
      String name = close < 0 ? "" : text.substring(start, close);
      if (!NAME.matcher(name).matches()) {
        throw bad("a group has a bad name");
      }
      if (names.putIfAbsent(name, ++groups) != null) {
        throw bad("two groups are named '" + name + "'");
      }
      java.append('(');
      at = close + 1;
    } else if (text.startsWith("(?P=", at)) {
      int close = text.indexOf(')', at);
      Integer number = close < 0 ? null : names.get(text.substring(at + 4, close));
      if (number == null) {
        throw bad("no group has that name");
      }
      java.append("(?:\\").append(number.intValue()).append(')');
      at = close + 1;
    } else if (text.startsWith("(?#", at)) {
      int close = text.indexOf(')', at);
      if (close < 0) {
        throw bad("a comment is not closed");
      }
      at = close + 1;
    } else if (text.startsWith("(?(", at)) {
      throw bad("conditional groups are not supported");
    } else {
      flagsOrLook();
    }
  }

  private boolean isJavaName() {
    return text.startsWith("(?<", at)
        && !text.startsWith("(?<=", at)
        && !text.startsWith("(?<!", at);
  }

  private void flagsOrLook() {
    Matcher flags = FLAGS.matcher(text).region(at + 2, text.length());
    if (!flags.lookingAt()) {
      java.append("(?");
      at += 2;
      return;
    }
    String on = flags.group(1);
    ascii |= on.contains("a");
    String kept = on.replaceAll("[aLu]", "") + (flags.group(2) == null ? "" : flags.group(2));
    if (!kept.isEmpty() || flags.group(3).equals(":")) {
      java.append("(?").append(kept).append(flags.group(3));
    }
    at = flags.end();
  }

  private void characterClass() {
    java.append('[');
    at++;
    if (at < text.length() && text.charAt(at) == '^') {
      java.append('^');
      at++;
    }
    boolean first = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == ']' && !first) {
        java.append(']');
        return;
      }
      first = false;
      if (c == '\\') {
        escape(true);
      } else {
        java.append("[]&^# \t\n".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    throw bad("a character class is not closed");
  }

  /** Behind a backslash. */
  private void escape(boolean inClass) {
    if (at == text.length()) {
      throw bad("it ends with a backslash");
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'd', 'D', 'w', 'W', 's', 'S', 'a', 'f', 'n', 'r', 't' -> java.append('\\').append(c);
      case 'v' -> character(0x0b);
      case 'x' -> character(hex(2));
      case 'u' -> character(hex(4));
      case 'U' -> character(hex(8));
      case '0' -> octal(at, Math.min(at + 2, text.length()));
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(inClass);
      case 'b' -> {
        if (inClass) {
          character('\b');
        } else {
          java.append("\\b");
        }
      }
      default -> {
        if (!inClass && (c == 'A' || c == 'B')) {
          java.append('\\').append(c);
        } else if (!inClass && c == 'Z') {
          java.append("\\z");
        } else if (c < 128 && Character.isLetter(c)) {
          throw bad("'\\" + c + "' means nothing");
        } else {
          java.append('\\').append(c);
        }
      }
    }
  }

  private void number(boolean inClass) {
    int start = at - 1;
    int end = start;
    while (end < text.length() && end < start + 3 && isOctal(text.charAt(end))) {
      end++;
    }
    if (inClass || (end == start + 3 && text.charAt(start) <= '3')) {
      if (end == start) {
        throw bad("'\\" + text.charAt(start) + "' means nothing in a class");
      }
      octal(start, end);
      return;
    }
    boolean two = at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    at = start + (two ? 2 : 1);
    int group = Integer.parseInt(text.substring(start, at));
    if (group > groups) {
      throw bad("it refers to group " + group + ", which does not exist");
    }
    java.append("(?:\\").append(group).append(')');
  }

  private void octal(int start, int limit) {
    int end = start;
    while (end < limit && isOctal(text.charAt(end))) {
      end++;
    }
    at = end;
    character(end == start ? 0 : Integer.parseInt(text.substring(start, end), 8));
  }

  private int hex(int digits) {
    int end = at + digits;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]+")) {
      throw bad("an escape is not complete");
    }
    long code = Long.parseLong(text.substring(at, end), 16);
    at = end;
    if (code > Character.MAX_CODE_POINT) {
      throw bad("an escape names no character");
    }
    return (int) code;
  }

  private void character(int code) {
    java.append(String.format("\\x{%x}", code));
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private MalformedException bad(String reason) {
    return new MalformedException("'" + text + "' is not a regular expression: " + reason);
  }
}

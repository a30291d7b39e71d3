package emblema.depot.operation;

import emblema.core.attribute.Attributes;
import emblema.core.config.PythonLiteral;
import emblema.core.error.MalformedException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of an action in headers: {@code X-IPkg-SetAttr0: key=value} and so on, lists as
 * Python writes them ({@code ['a', 'b']}; spec depot-protocol, section 5.1).
 */
final class ActionHeaders {
  private static final String NAME = "x-ipkg-setattr";
  private static final int MOST = 100_000;

  private ActionHeaders() {}

  static Attributes read(Request request) {
    SortedMap<Integer, String> lines = new TreeMap<>();
    request
        .headers()
        .forEach(
            (name, value) -> {
              String small = name.toLowerCase(Locale.ROOT);
              if (small.startsWith(NAME)) {
                String number = small.substring(NAME.length());
                if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) > MOST) {
                  throw new MalformedException("the header '" + name + "' has no number");
                }
                lines.put(Integer.valueOf(number), value);
              }
            });
    Attributes.Builder attributes = Attributes.builder();
    lines.values().forEach(line -> add(attributes, utf8(line)));
    return attributes.build();
  }

  /** Header bytes come as Latin-1 from some servers; the reference sends UTF-8. */
  private static String utf8(String value) {
    if (value.chars().noneMatch(c -> c >= 0x80 && c <= 0xff)) {
      return value;
    }
    byte[] bytes = value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    String decoded = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    return decoded.indexOf('\ufffd') >= 0 ? value : decoded;
  }

  private static void add(Attributes.Builder attributes, String line) {
    int mark = line.indexOf('=');
    if (mark <= 0) {
      throw invalid(line);
    }
    String name = line.substring(0, mark);
    String value = line.substring(mark + 1);
    if (value.length() > 1 && value.startsWith("[") && value.endsWith("]")) {
      try {
        PythonLiteral.readTexts(value, name).forEach(each -> attributes.add(name, each));
      } catch (MalformedException e) {
        throw invalid(value);
      }
    } else {
      attributes.add(name, value);
    }
  }

  private static MalformedException invalid(String value) {
    return new MalformedException(
        "the specified Action attribute value, '" + value + "', is not valid");
  }
}

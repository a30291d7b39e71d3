package emblema.depot.web;

import emblema.core.fmri.PercentEncoding;
import emblema.depot.operation.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The address of a page, taken apart.
 *
 * @param parts of the path, decoded
 * @param root from the page to the depot's own address: {@code ../} so many times, so that pages
 *     work below any address that a proxy gives them
 */
record WebAddress(List<String> parts, Map<String, String> query, String root) {

  static WebAddress of(Request request) {
    List<String> parts = new ArrayList<>();
    String path = request.path();
    for (String part : path.substring(1).split("/", -1)) {
      parts.add(PercentEncoding.decode(part));
    }
    long slashes = path.chars().filter(c -> c == '/').count();
    String root = "../".repeat((int) Math.min(slashes - 1, 50));
    return new WebAddress(List.copyOf(parts), query(request.query()), root.isEmpty() ? "./" : root);
  }

  /** Of a form; the first of several values counts. */
  private static Map<String, String> query(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.putIfAbsent(
            decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** A part of the path; empty text beyond its end. */
  String part(int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  /** The parts from there on as one, with their slashes. */
  String rest(int index) {
    return index < parts.size() ? String.join("/", parts.subList(index, parts.size())) : "";
  }

  String field(String name) {
    return query.getOrDefault(name, "");
  }

  /** A number of the query, 0 if it is none. */
  int number(String name) {
    return Optional.of(field(name))
        .filter(text -> text.matches("[0-9]{1,8}"))
        .map(Integer::parseInt)
        .orElse(0);
  }
}

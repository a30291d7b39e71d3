package emblema.store.json;

import emblema.core.io.OsNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One JSON value. Members are kept in the order of their UTF-8 bytes, as catalogs sort them. */
public sealed interface Json {

  record Text(String text) implements Json {}

  /** A number as written; nothing is rounded. */
  record Number(String digits) implements Json {
    public static Number of(long value) {
      return new Number(Long.toString(value));
    }
  }

  record Truth(boolean value) implements Json {}

  enum Null implements Json {
    NULL
  }

  record Array(List<Json> items) implements Json {
    public Array {
      items = List.copyOf(items);
    }

    public static Array ofTexts(Iterable<String> texts) {
      List<Json> items = new ArrayList<>();
      texts.forEach(text -> items.add(new Text(text)));
      return new Array(items);
    }
  }

  /** An object. */
  record Members(SortedMap<String, Json> members) implements Json {
    public Members {
      SortedMap<String, Json> copy = new TreeMap<>(OsNames::compare);
      copy.putAll(members);
      members = Collections.unmodifiableSortedMap(copy);
    }

    /** {@code of("a", one, "b", two)}. */
    public static Members of(Object... namesAndValues) {
      SortedMap<String, Json> members = new TreeMap<>(OsNames::compare);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        members.put((String) namesAndValues[i], (Json) namesAndValues[i + 1]);
      }
      return new Members(members);
    }

    public Optional<Json> find(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** The text of a member; nothing if it is absent or not a text. */
    public Optional<String> text(String name) {
      return find(name).filter(Text.class::isInstance).map(value -> ((Text) value).text());
    }

    /** A whole number; nothing if it is absent or not one. */
    public Optional<Long> number(String name) {
      return find(name)
          .filter(Number.class::isInstance)
          .map(value -> ((Number) value).digits())
          .filter(digits -> digits.matches("-?[0-9]{1,18}"))
          .map(Long::valueOf);
    }

    /** The texts of a list; other items are left out; empty if the member is absent. */
    public List<String> texts(String name) {
      return find(name)
          .filter(Array.class::isInstance)
          .map(value -> ((Array) value).items())
          .orElse(List.of())
          .stream()
          .filter(Text.class::isInstance)
          .map(item -> ((Text) item).text())
          .toList();
    }

    public Optional<Members> members(String name) {
      return find(name).filter(Members.class::isInstance).map(Members.class::cast);
    }
  }
}

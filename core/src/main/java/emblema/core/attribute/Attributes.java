package emblema.core.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * An immutable multimap from attribute names to one or more values: names in code-point order, the
 * values of one name in the order given. There is no difference between a text and a list of one.
 */
public final class Attributes {
  public static final Attributes EMPTY = new Attributes(new String[0]);

  /** Name, value, name, value, …; sorted by name, stable. */
  private final String[] pairs;

  private Attributes(String[] pairs) {
    this.pairs = pairs;
  }

  /** {@code of("path", "usr", "mode", "0755")}. */
  public static Attributes of(String... namesAndValues) {
    Builder builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The first value, or nothing. */
  public Optional<String> first(String name) {
    int at = find(name);
    return at < 0 ? Optional.empty() : Optional.of(pairs[at + 1]);
  }

  /** The first value, or the given default. */
  public String get(String name, String otherwise) {
    int at = find(name);
    return at < 0 ? otherwise : pairs[at + 1];
  }

  /** All values in order, possibly none. */
  public List<String> all(String name) {
    int from = find(name);
    if (from < 0) {
      return List.of();
    }
    int to = end(from);
    if (to - from == 2) {
      return List.of(pairs[from + 1]);
    }
    List<String> values = new ArrayList<>((to - from) / 2);
    for (int i = from; i < to; i += 2) {
      values.add(pairs[i + 1]);
    }
    return Collections.unmodifiableList(values);
  }

  public boolean has(String name) {
    return find(name) >= 0;
  }

  /** How many values the name has. */
  public int count(String name) {
    int at = find(name);
    return at < 0 ? 0 : (end(at) - at) / 2;
  }

  /** Whether the name has exactly this one value. */
  public boolean is(String name, String value) {
    int at = find(name);
    return at >= 0 && end(at) == at + 2 && pairs[at + 1].equals(value);
  }

  /** Distinct names, in code-point order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < pairs.length; i += 2) {
      names.add(pairs[i]);
    }
    return Collections.unmodifiableSet(names);
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** Each name with each of its values, in order. */
  public void forEach(BiConsumer<String, String> each) {
    for (int i = 0; i < pairs.length; i += 2) {
      each.accept(pairs[i], pairs[i + 1]);
    }
  }

  /** These attributes with all values of the name replaced by the given ones (none: removed). */
  public Attributes with(String name, String... values) {
    Builder builder = new Builder();
    copyTo(builder, name);
    for (String value : values) {
      builder.add(name, value);
    }
    return builder.build();
  }

  /** These attributes with one more value at the end of the name's list. */
  public Attributes plus(String name, String value) {
    return toBuilder().add(name, value).build();
  }

  public Attributes without(String... names) {
    boolean absent = true;
    for (String name : names) {
      absent &= find(name) < 0;
    }
    if (absent) {
      return this;
    }
    Builder builder = new Builder();
    copyTo(builder, names);
    return builder.build();
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    forEach(builder::add);
    return builder;
  }

  /** Index of the name's first pair, or -1. Names are few and shared: a scan beats a search. */
  private int find(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Index after the last pair of the name whose first pair is at {@code from}. */
  private int end(int from) {
    int to = from + 2;
    while (to < pairs.length && pairs[to].equals(pairs[from])) {
      to += 2;
    }
    return to;
  }

  private void copyTo(Builder builder, String... except) {
    List<String> excluded = Arrays.asList(except);
    for (int i = 0; i < pairs.length; i += 2) {
      if (!excluded.contains(pairs[i])) {
        builder.add(pairs[i], pairs[i + 1]);
      }
    }
  }

  /** Stable insertion sort by name: short, and mostly sorted already. */
  private static void sort(String[] pairs) {
    for (int i = 2; i < pairs.length; i += 2) {
      String name = pairs[i];
      String value = pairs[i + 1];
      int j = i;
      while (j > 0 && CodePoints.compare(pairs[j - 2], name) > 0) {
        pairs[j] = pairs[j - 2];
        pairs[j + 1] = pairs[j - 1];
        j -= 2;
      }
      pairs[j] = name;
      pairs[j + 1] = value;
    }
  }

  /** The same for the hostile line of very many attributes. */
  private static void sortMany(String[] pairs) {
    List<String[]> entries = new ArrayList<>(pairs.length / 2);
    for (int i = 0; i < pairs.length; i += 2) {
      entries.add(new String[] {pairs[i], pairs[i + 1]});
    }
    entries.sort((left, right) -> CodePoints.compare(left[0], right[0]));
    for (int i = 0; i < pairs.length; i += 2) {
      String[] entry = entries.get(i / 2);
      pairs[i] = entry[0];
      pairs[i + 1] = entry[1];
    }
  }

  /** {@code name=value} pairs, for debugging; manifests are written by {@code ActionWriter}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.isEmpty() ? "" : text.substring(1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && Arrays.equals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs);
  }

  /** Collects attributes in any order of names. */
  public static final class Builder {
    private final List<String> pairs = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String value) {
      pairs.add(Words.shared(name));
      pairs.add(Words.shared(value));
      return this;
    }

    public boolean isEmpty() {
      return pairs.isEmpty();
    }

    public Attributes build() {
        int size = pairs.size();
      if (size == 0) {
        return EMPTY;
      }
      String[] sorted = pairs.toArray(new String[0]);
      if (size <= 200) {
        sort(sorted);
      } else {
        sortMany(sorted);
      }
      return new Attributes(sorted);
    }
  }
}

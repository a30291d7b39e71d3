package emblema.core.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable multimap from attribute names to one or more values: names in code-point order, the
 * values of one name in the order given. There is no difference between a text and a list of one.
 */
public final class Attributes {
  public static final Attributes EMPTY = new Attributes(new String[0]);

  /** Everything keys by the path, so it stays a text; the other values are packed. */
  private static final String KEPT = "path";

  /** One name for each value, sorted; shared among all attributes with these names. */
  private final String[] names;

  private final byte[] values;
  private final @Nullable String kept;

  private Attributes(String[] sortedPairs) {
    String[] own = new String[sortedPairs.length / 2];
    int keptAt = -1;
    for (int i = 0; i < own.length; i++) {
      own[i] = sortedPairs[2 * i];
      if (keptAt < 0 && own[i].equals(KEPT)) {
        keptAt = i;
      }
    }
    this.names = Words.names(own);
    this.values = PackedValues.pack(sortedPairs, keptAt);
    this.kept = keptAt < 0 ? null : sortedPairs[2 * keptAt + 1];
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
    return at < 0 ? Optional.empty() : Optional.of(value(at));
  }

  /** The first value, or the given default. */
  public String get(String name, String otherwise) {
    int at = find(name);
    return at < 0 ? otherwise : value(at);
  }

  /** All values in order, possibly none. */
  public List<String> all(String name) {
    int from = find(name);
    if (from < 0) {
      return List.of();
    }
    int to = end(from);
    if (to - from == 1) {
      return List.of(value(from));
    }
    PackedValues.Cursor cursor = new PackedValues.Cursor(values, kept);
    for (int i = 0; i < from; i++) {
      cursor.skip();
    }
    List<String> all = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      all.add(cursor.next());
    }
    return Collections.unmodifiableList(all);
  }

  public boolean has(String name) {
    return find(name) >= 0;
  }

  /** How many values the name has. */
  public int count(String name) {
    int at = find(name);
    return at < 0 ? 0 : end(at) - at;
  }

  /** Whether the name has exactly this one value. */
  public boolean is(String name, String value) {
    int at = find(name);
    return at >= 0 && end(at) == at + 1 && value(at).equals(value);
  }

  /** Distinct names, in code-point order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(names)));
  }

  /** Whether a name begins with the given text: quicker than asking for all names. */
  public boolean hasNameFrom(String prefix) {
    for (String name : names) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  /** Each name with each of its values, in order. */
  public void forEach(BiConsumer<String, String> each) {
    PackedValues.Cursor cursor = new PackedValues.Cursor(values, kept);
    for (String name : names) {
      each.accept(name, cursor.next());
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

  private String value(int at) {
    return PackedValues.unpack(values, at, kept);
  }

  /** Index of the name's first value, or -1. Names are few and shared: a scan beats a search. */
  private int find(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Index after the last value of the name whose first value is at {@code from}. */
  private int end(int from) {
    int to = from + 1;
    while (to < names.length && names[to].equals(names[from])) {
      to++;
    }
    return to;
  }

  private void copyTo(Builder builder, String... except) {
    List<String> excluded = Arrays.asList(except);
    forEach(
        (name, value) -> {
          if (!excluded.contains(name)) {
            builder.add(name, value);
          }
        });
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
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that
        && Arrays.equals(values, that.values)
        && Arrays.equals(names, that.names)
        && Objects.equals(kept, that.kept);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(values) * 31 + Arrays.hashCode(names)) * 31 + Objects.hashCode(kept);
  }

  /** Collects attributes in any order of names. */
  public static final class Builder {
    private final List<String> pairs = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String value) {
      pairs.add(Words.name(name));
      pairs.add(value);
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

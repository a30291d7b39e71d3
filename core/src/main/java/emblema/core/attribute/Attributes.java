package emblema.core.attribute;

import java.util.ArrayList;
import java.util.Arrays;
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
    throw new UnsupportedOperationException("not yet");
  }

  /** The first value, or the given default. */
  public String get(String name, String otherwise) {
    return first(name).orElse(otherwise);
  }

  /** All values in order, possibly none. */
  public List<String> all(String name) {
    throw new UnsupportedOperationException("not yet");
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** Whether the name has exactly this one value. */
  public boolean is(String name, String value) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Distinct names, in code-point order. */
  public Set<String> names() {
    throw new UnsupportedOperationException("not yet");
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
    throw new UnsupportedOperationException("not yet");
  }

  /** These attributes with one more value at the end of the name's list. */
  public Attributes plus(String name, String value) {
    throw new UnsupportedOperationException("not yet");
  }

  public Attributes without(String... names) {
    throw new UnsupportedOperationException("not yet");
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    forEach(builder::add);
    return builder;
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
      pairs.add(name);
      pairs.add(value);
      return this;
    }

    public Attributes build() {
      throw new UnsupportedOperationException("not yet");
    }
  }
}

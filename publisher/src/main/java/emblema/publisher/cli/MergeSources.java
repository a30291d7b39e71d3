package emblema.publisher.cli;

import emblema.core.error.UsageException;
import emblema.publisher.merge.RepositoryMerge;
import emblema.store.address.Repositories;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sources of {@code pkgmerge} as typed.
 *
 * @param all in order; each with the same variants, each combination of values once
 */
record MergeSources(List<Source> all) {
  private static final String PREFIX = "variant.";

  record Source(Map<String, String> variants, String address) {}

  /** Sources that are open; closed together. */
  record Open(List<RepositoryMerge.Source> all) implements AutoCloseable {
    @Override
    public void close() {
      all.forEach(source -> source.origin().close());
    }
  }

  static MergeSources parse(List<String> typed) {
    if (typed.isEmpty()) {
      throw new UsageException("at least one source must be given with -s");
    }
    MergeSources sources = new MergeSources(typed.stream().map(MergeSources::source).toList());
    sources.check();
    return sources;
  }

  private static Source source(String typed) {
    String[] words = typed.split(",", -1);
    Map<String, String> variants = new TreeMap<>();
    for (int i = 0; i < words.length - 1; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1 || equals == words[i].length() - 1) {
        throw new UsageException("'" + words[i] + "' in '" + typed + "' is not variant=value");
      }
      String name = words[i].substring(0, equals);
      variants.put(name.startsWith(PREFIX) ? name : PREFIX + name, words[i].substring(equals + 1));
    }
    String address = words[words.length - 1];
    if (variants.isEmpty() || address.isEmpty()) {
      throw new UsageException(
          "the source '" + typed + "' names no variant or no repository",
          "write 'variant=value,repository'");
    }
    return new Source(variants, address);
  }

  private void check() {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Source source : all) {
      source
          .variants()
          .forEach(
              (name, value) ->
                  values.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value));
    }
    Set<Map<String, String>> combinations = new LinkedHashSet<>();
    for (Source source : all) {
      List<String> missing =
          values.keySet().stream().filter(name -> !source.variants().containsKey(name)).toList();
      if (!missing.isEmpty()) {
        throw new UsageException(
            "source '"
                + source.address()
                + "' is missing values for variants: "
                + String.join(", ", missing));
      }
      if (!combinations.add(source.variants())) {
        throw new UsageException("two sources are given for " + source.variants());
      }
    }
    int wanted = values.values().stream().mapToInt(Set::size).reduce(1, (a, b) -> a * b);
    if (combinations.size() < wanted) {
      throw new UsageException(
          "of the "
              + wanted
              + " combinations of variants only "
              + combinations.size()
              + " have a source");
    }
  }

  Open open(Repositories repositories) {
    List<RepositoryMerge.Source> open = new ArrayList<>();
    try {
      for (Source source : all) {
        open.add(
            new RepositoryMerge.Source(source.variants(), repositories.open(source.address())));
      }
      return new Open(open);
    } catch (RuntimeException e) {
      open.forEach(source -> source.origin().close());
      throw e;
    }
  }
}

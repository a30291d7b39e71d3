package emblema.depot.web;

import emblema.core.action.Action;
import emblema.core.fmri.Version;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A publisher's packages as lists show them, worked out once for each state of its catalog.
 *
 * @param changed when the catalog changed last
 * @param offers by name
 */
public record Shelf(String publisher, Instant changed, long versions, List<Offer> offers) {
  public Shelf {
    offers = List.copyOf(offers);
  }

  static Shelf of(Catalog catalog) {
    Map<String, List<Version>> versions = new TreeMap<>();
    Map<String, CatalogEntry> newest = new TreeMap<>();
    catalog.forEach(
        entry -> {
          String stem = entry.fmri().stem();
          versions
              .computeIfAbsent(stem, name -> new ArrayList<>())
              .add(entry.fmri().requireVersion());
          newest.put(stem, entry); // ascending, so the last one counts
        });
    List<Offer> offers = new ArrayList<>();
    newest.forEach(
        (stem, entry) ->
            offers.add(
                new Offer(
                    catalog.publisher(),
                    stem,
                    versions.getOrDefault(stem, List.of()),
                    value(entry.summaryActions(), "pkg.summary")
                        .or(() -> value(entry.summaryActions(), "description"))
                        .orElse(""),
                    state(entry))));
    return new Shelf(
        catalog.publisher(), catalog.lastModified(), catalog.packageVersionCount(), offers);
  }

  private static String state(CatalogEntry entry) {
    if (isTrue(entry, "pkg.obsolete")) {
      return "obsolete";
    }
    return isTrue(entry, "pkg.renamed") ? "renamed" : "";
  }

  private static boolean isTrue(CatalogEntry entry, String name) {
    return value(entry.dependencyActions(), name).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static Optional<String> value(List<Action> actions, String name) {
    return actions.stream()
        .filter(action -> action.attributes().is("name", name))
        .findFirst()
        .flatMap(action -> action.attributes().first("value"));
  }

  Optional<Offer> offer(String stem) {
    return offers.stream().filter(offer -> offer.stem().equals(stem)).findFirst();
  }

  /** Those that have the text in their name or summary, names that begin with it first. */
  List<Offer> matching(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return folded.isEmpty()
        ? offers
        : offers.stream()
            .filter(offer -> offer.matches(folded))
            .sorted(
                Comparator.comparing(
                    offer -> !offer.stem().toLowerCase(Locale.ROOT).contains(folded)))
            .toList();
  }
}

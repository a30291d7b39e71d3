package emblema.publisher.cli;

import emblema.core.fmri.Fmri;
import emblema.store.catalog.CatalogStamp;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import emblema.store.origin.CatalogDifference;
import emblema.store.origin.CatalogDifference.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The forms of {@code pkgrepo diff} (spec pkgrepo, section 7). */
final class DifferenceListing {
  private static final List<String> HEADER =
      List.of("Publisher", "Repo1 only", "Repo2 only", "In both", "Total");
  private static final String INDENT = "        ";

  private final String first;
  private final String second;
  private final List<CatalogDifference> differences;
  private final boolean strict;

  DifferenceListing(
      String first, String second, List<CatalogDifference> differences, boolean strict) {
    this.first = first;
    this.second = second;
    this.differences = List.copyOf(differences);
    this.strict = strict;
  }

  /** How many packages, as a table drawn with rules. */
  String counts() {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (CatalogDifference each : differences) {
      rows.add(
          List.of(
              each.publisher(),
              cell(minus(each)),
              cell(plus(each)),
              cell(common(each)),
              cell(Optional.of(each.total()))));
    }
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    text.append("The repositories differ in these publishers: numbers of packages [versions].\n\n");
    text.append("Repo1: ").append(first).append("\nRepo2: ").append(second).append("\n\n");
    String rule = rule(widths);
    for (List<String> row : rows) {
      text.append(row == rows.getFirst() ? rule : "");
      text.append('|');
      for (int i = 0; i < widths.length; i++) {
        text.append(' ').append(row.get(i));
        text.repeat(' ', widths[i] - row.get(i).length()).append(" |");
      }
      text.append('\n').append(row == rows.getFirst() ? rule : "");
    }
    text.append(rule);
    if (strict) {
      differences.forEach(each -> appendTimes(text, "", each));
    }
    return text.toString();
  }

  private static String rule(int[] widths) {
    StringBuilder rule = new StringBuilder("+");
    for (int width : widths) {
      rule.repeat('-', width + 2).append('+');
    }
    return rule.append('\n').toString();
  }

  private static Optional<Count> minus(CatalogDifference each) {
    return each.before().map(ignored -> each.minusCount());
  }

  private static Optional<Count> plus(CatalogDifference each) {
    return each.after().map(ignored -> each.plusCount());
  }

  private static Optional<Count> common(CatalogDifference each) {
    return each.isCommon() ? Optional.of(each.common()) : Optional.empty();
  }

  private static String cell(Optional<Count> count) {
    return count.map(c -> c.packages() + " [" + c.versions() + "]").orElse("-");
  }

  /** The names of the packages. */
  String names() {
    StringBuilder text = new StringBuilder();
    text.append("Repo1: ").append(first).append("\nRepo2: ").append(second).append("\n\n");
    for (CatalogDifference each : differences) {
      if (!each.isCommon()) {
        text.append(each.before().isPresent() ? "- " : "+ ").append(each.publisher());
        text.append('\n').append(INDENT).append(words(each.total())).append('\n');
        continue;
      }
      text.append(each.publisher()).append('\n');
      if (strict) {
        appendTimes(text, INDENT, each);
      }
      each.minus().forEach(fmri -> text.append(INDENT).append("- ").append(fmri).append('\n'));
      each.plus().forEach(fmri -> text.append(INDENT).append("+ ").append(fmri).append('\n'));
      text.append(INDENT).append("in both: ").append(words(each.common())).append('\n');
    }
    return text.toString();
  }

  private static String words(Count count) {
    return count.packages() + " packages, " + count.versions() + " versions";
  }

  private static void appendTimes(StringBuilder text, String indent, CatalogDifference each) {
    if (each.isCommon() && !each.before().equals(each.after())) {
      text.append(indent)
          .append("- catalog of ")
          .append(each.publisher())
          .append(" last modified: ")
          .append(stamp(each.before()))
          .append('\n')
          .append(indent)
          .append("+ catalog of ")
          .append(each.publisher())
          .append(" last modified: ")
          .append(stamp(each.after()))
          .append('\n');
    }
  }

  private static String stamp(Optional<Instant> when) {
    return when.map(CatalogStamp::write).orElse("-");
  }

  String countsAsJson() {
    List<Json> rows = new ArrayList<>();
    List<String> catalogs = new ArrayList<>();
    for (CatalogDifference each : differences) {
      rows.add(
          new Json.Array(
              List.of(
                  Listing.text(each.publisher()),
                  json(minus(each)),
                  json(plus(each)),
                  json(common(each)),
                  json(Optional.of(each.total())))));
      if (each.isCommon() && !each.before().equals(each.after())) {
        catalogs.add(each.publisher());
      }
    }
    SortedMap<String, Json> members = new TreeMap<>();
    members.put(
        "table_legend",
        new Json.Array(
            List.of(
                Json.Array.ofTexts(List.of("Repo1", first)),
                Json.Array.ofTexts(List.of("Repo2", second)))));
    members.put("table_header", Json.Array.ofTexts(HEADER));
    members.put("table_data", new Json.Array(rows));
    if (strict && !catalogs.isEmpty()) {
      members.put("nonstrict_pubs", Json.Array.ofTexts(catalogs));
    }
    return JsonText.canonical(new Json.Members(members));
  }

  private static Json json(Optional<Count> count) {
    return count
        .<Json>map(
            c ->
                Json.Members.of(
                    "packages", Json.Number.of(c.packages()),
                    "versions", Json.Number.of(c.versions())))
        .orElse(Json.Null.NULL);
  }

  String namesAsJson() {
    List<Json> plus = new ArrayList<>();
    List<Json> minus = new ArrayList<>();
    List<Json> common = new ArrayList<>();
    for (CatalogDifference each : differences) {
      SortedMap<String, Json> members = new TreeMap<>();
      members.put("publisher", Listing.text(each.publisher()));
      if (!each.isCommon()) {
        members.put("packages", Json.Number.of(each.total().packages()));
        members.put("versions", Json.Number.of(each.total().versions()));
        (each.before().isPresent() ? minus : plus).add(new Json.Members(members));
        continue;
      }
      members.put("-", texts(each.minus()));
      members.put("+", texts(each.plus()));
      members.put("common", json(Optional.of(each.common())));
      if (strict) {
        members.put(
            "catalog",
            Json.Members.of(
                "-", Listing.text(stamp(each.before())), "+", Listing.text(stamp(each.after()))));
      }
      common.add(new Json.Members(members));
    }
    return JsonText.canonical(
        Json.Members.of(
            "plus_pubs", new Json.Array(plus),
            "minus_pubs", new Json.Array(minus),
            "common_pubs", new Json.Array(common)));
  }

  private static Json texts(List<Fmri> packages) {
    return Json.Array.ofTexts(packages.stream().map(Fmri::toString).toList());
  }
}

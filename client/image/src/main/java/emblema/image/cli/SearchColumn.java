package emblema.image.cli;

import emblema.core.action.Action;
import emblema.core.error.UsageException;
import emblema.image.search.Found;
import emblema.store.search.HitColumns;
import emblema.store.search.SearchHit;
import java.util.List;
import java.util.Locale;

/**
 * A column of {@code pkg search}.
 *
 * @param name the attribute, as {@code -o} has it
 * @param header above the column
 */
record SearchColumn(String name, String header) {
  private static final List<SearchColumn> OF_ACTIONS =
      List.of(
          new SearchColumn("search.match_type", "INDEX"),
          new SearchColumn("action.name", "ACTION"),
          new SearchColumn("search.match", "VALUE"),
          new SearchColumn("pkg.shortfmri", "PACKAGE"));

  private static final List<SearchColumn> OF_PACKAGES =
      List.of(
          new SearchColumn("pkg.shortfmri", "PACKAGE"),
          new SearchColumn("pkg.publisher", "PUBLISHER"));

  static List<SearchColumn> usual(boolean packages) {
    return packages ? OF_PACKAGES : OF_ACTIONS;
  }

  static SearchColumn named(String name) {
    if (name.isEmpty()) {
      throw new UsageException("option '-o' names an empty column");
    }
    if (!name.startsWith("search.")) {
      ActionColumn.check(name);
    }
    return new SearchColumn(name, name.toUpperCase(Locale.ROOT));
  }

  /** The least width; the reference's first column has room for most keys. */
  int width() {
    return header.equals("INDEX") ? 10 : header.length();
  }

  String value(Found found) {
    return switch (name) {
      case "pkg.shortfmri" ->
          "pkg:/" + found.fmri().stem() + "@" + found.fmri().requireVersion().toShortString();
      case "pkg.fmri" -> found.fmri().toString();
      case "pkg.name" -> found.fmri().stem();
      case "pkg.publisher" -> found.publisher();
      default -> found.hit() instanceof SearchHit.ActionHit hit ? ofAction(found, hit) : "";
    };
  }

  private String ofAction(Found found, SearchHit.ActionHit hit) {
    return switch (name) {
      case "search.match" -> HitColumns.match(hit);
      case "search.match_type" -> HitColumns.matchType(hit);
      case "action.raw" -> hit.line();
      default -> HitColumns.action(hit).map((Action action) -> joined(found, action)).orElse("");
    };
  }

  private String joined(Found found, Action action) {
    return String.join(" ", ActionColumn.values(name, action, found.fmri()));
  }
}

package emblema.publisher.cli;

import emblema.cli.Output;
import emblema.core.action.Action;
import emblema.core.action.SetAction;
import emblema.core.fmri.Version;
import emblema.store.catalog.CatalogEntry;
import emblema.store.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packages in the forms of {@code pkgrepo list} (spec pkgrepo, section 2.3). */
final class PackageListing {
  private static final int NAME_WIDTH = 45;

  private PackageListing() {}

  /**
   * @param publishers of the repository, which make the first column wide enough
   */
  static void print(
      List<CatalogEntry> packages,
      List<String> publishers,
      Output out,
      String format,
      boolean header) {
    switch (format) {
      case "json", "json-formatted" -> Listing.json(out, format, objects(packages));
      case "tsv" -> tsv(packages).print(out, format, header);
      default -> columns(packages, publishers).print(out, format, header);
    }
  }

  private static Listing columns(List<CatalogEntry> packages, List<String> publishers) {
    int width = publishers.stream().mapToInt(String::length).max().orElse(0);
    Listing listing =
        new Listing(
            List.of(
                new Listing.Column("publisher", "PUBLISHER", width),
                new Listing.Column("name", "NAME", NAME_WIDTH),
                new Listing.Column("state", "O", 1),
                new Listing.Column("version", "VERSION", 0)));
    for (CatalogEntry entry : packages) {
      listing.row(
          Listing.text(publisher(entry)),
          Listing.text(entry.fmri().stem()),
          state(entry),
          Listing.text(entry.fmri().requireVersion().toStringWithoutBuild()));
    }
    return listing;
  }

  private static Listing tsv(List<CatalogEntry> packages) {
    Listing listing =
        new Listing(
            List.of(
                new Listing.Column("publisher", "PUBLISHER", 0),
                new Listing.Column("name", "NAME", 0),
                new Listing.Column("state", "O", 0),
                new Listing.Column("release", "RELEASE", 0),
                new Listing.Column("build-release", "BUILD RELEASE", 0),
                new Listing.Column("branch", "BRANCH", 0),
                new Listing.Column("timestamp", "PACKAGING DATE", 0),
                new Listing.Column("pkg.fmri", "FMRI", 0)));
    for (CatalogEntry entry : packages) {
      Version version = entry.fmri().requireVersion();
      listing.row(
          Listing.text(publisher(entry)),
          Listing.text(entry.fmri().stem()),
          state(entry),
          Listing.text(version.release().toString()),
          Listing.text(version.build().toString()),
          Listing.text(String.valueOf(branch(version))),
          Listing.text(String.valueOf(version.timestamp())),
          Listing.text(entry.fmri().toString()));
    }
    return listing;
  }

  private static List<Json> objects(List<CatalogEntry> packages) {
    List<Json> objects = new ArrayList<>();
    for (CatalogEntry entry : packages) {
      Version version = entry.fmri().requireVersion();
      SortedMap<String, Json> members = new TreeMap<>();
      entry.dependencyActions().forEach(action -> addSet(members, action));
      entry.summaryActions().forEach(action -> addSet(members, action));
      members.put("publisher", Listing.text(publisher(entry)));
      members.put("name", Listing.text(entry.fmri().stem()));
      members.put("version", Listing.text(version.toString()));
      members.put("release", Listing.text(version.release().toString()));
      members.put("build-release", Listing.text(version.build().toString()));
      members.put("branch", Listing.text(branch(version)));
      members.put("timestamp", Listing.text(String.valueOf(version.timestamp())));
      members.put("pkg.fmri", Listing.text(entry.fmri().toString()));
      objects.add(new Json.Members(members));
    }
    return objects;
  }

  /** The name leads to a list of its set actions; each has all attributes but the name. */
  private static void addSet(SortedMap<String, Json> members, Action action) {
    if (action instanceof SetAction set) {
      SortedMap<String, Json> facts = new TreeMap<>();
      for (String name : set.attributes().names()) {
        if (!name.equals("name")) {
          facts.put(name, Json.Array.ofTexts(set.attributes().all(name)));
        }
      }
      List<Json> all = new ArrayList<>();
      if (members.get(set.name()) instanceof Json.Array before) {
        all.addAll(before.items());
      }
      all.add(new Json.Members(facts));
      members.put(set.name(), new Json.Array(all));
    }
  }

  private static String publisher(CatalogEntry entry) {
    return String.valueOf(entry.fmri().publisher());
  }

  /** The reference's word for what is not there is {@code None}. */
  private static String branch(Version version) {
    return version.branch() == null ? "None" : version.branch().toString();
  }

  private static Json state(CatalogEntry entry) {
    for (Action action : entry.dependencyActions()) {
      if (action instanceof SetAction set && set.value().equals("true")) {
        switch (set.name()) {
          case "pkg.obsolete" -> {
            return Listing.text("o");
          }
          case "pkg.renamed" -> {
            return Listing.text("r");
          }
          case "pkg.legacy" -> {
            return Listing.text("l");
          }
          default -> {}
        }
      }
    }
    return Json.Null.NULL;
  }
}

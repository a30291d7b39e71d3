package emblema.depot.web;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.action.LicenseAction;
import emblema.core.manifest.Manifest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A manifest as its page shows it.
 *
 * @param facts what it says about the package, by name
 * @param sections its actions by type
 * @param licences names, in the order of the manifest
 * @param size of all contents in bytes
 * @param compressed the same, as stored
 */
public record ManifestView(
    List<Fact> facts, List<Section> sections, List<String> licences, long size, long compressed) {
  /** More rows of one type are only counted; the stored manifest has them. */
  private static final int MOST_ROWS = 2000;

  public ManifestView {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
    licences = List.copyOf(licences);
  }

  /** A set action. */
  public record Fact(String name, List<String> values) {
    public Fact {
      values = List.copyOf(values);
    }
  }

  /**
   * The actions of one type.
   *
   * @param columns headers, as many as each row has values
   * @param count of all, of which the rows may be the first
   */
  public record Section(String title, List<String> columns, List<List<String>> rows, int count) {
    public Section {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  static ManifestView of(Manifest manifest) {
    List<Fact> facts = new ArrayList<>();
    Map<ActionType, List<Action>> byType = new EnumMap<>(ActionType.class);
    long size = 0;
    long compressed = 0;
    for (Action action : manifest.actions()) {
      if (action.type() == ActionType.SET) {
        facts.add(new Fact(action.key(), action.attributes().all("value")));
      } else {
        byType.computeIfAbsent(action.type(), type -> new ArrayList<>()).add(action);
      }
      size += number(action, "pkg.size");
      compressed += number(action, "pkg.csize");
    }
    List<Section> sections = new ArrayList<>();
    byType.forEach((type, actions) -> sections.add(section(type, actions)));
    List<String> licences = manifest.actions(LicenseAction.class).map(LicenseAction::key).toList();
    return new ManifestView(facts, sections, licences, size, compressed);
  }

  private static long number(Action action, String attribute) {
    String value = action.type().hasPayload() ? action.attributes().get(attribute, "") : "";
    return value.matches("[0-9]{1,15}") ? Long.parseLong(value) : 0;
  }

  private static Section section(ActionType type, List<Action> actions) {
    List<String> columns =
        switch (type) {
          case DEPEND -> List.of("Kind", "Package");
          case DIR -> List.of("Path", "Mode", "Owner", "Group");
          case FILE -> List.of("Path", "Mode", "Owner", "Group", "Size");
          case LINK, HARDLINK -> List.of("Path", "Target", "Mediator");
          case GROUP, USER, DRIVER, LICENSE, LEGACY, SIGNATURE, UNKNOWN, SET ->
              List.of("Name", "Attributes");
        };
    List<List<String>> rows =
        actions.stream().limit(MOST_ROWS).map(action -> row(type, action)).toList();
    return new Section(title(type), columns, rows, actions.size());
  }

  private static List<String> row(ActionType type, Action action) {
    return switch (type) {
      case DEPEND ->
          List.of(value(action, "type"), String.join(" ", action.attributes().all("fmri")));
      case DIR ->
          List.of(
              action.key(), value(action, "mode"), value(action, "owner"), value(action, "group"));
      case FILE ->
          List.of(
              action.key(),
              value(action, "mode"),
              value(action, "owner"),
              value(action, "group"),
              Dates.size(number(action, "pkg.size")));
      case LINK, HARDLINK ->
          List.of(
              action.key(),
              value(action, "target"),
              (value(action, "mediator")
                      + " "
                      + value(action, "mediator-version")
                      + " "
                      + value(action, "mediator-implementation"))
                  .strip());
      case GROUP, USER, DRIVER, LICENSE, LEGACY, SIGNATURE, UNKNOWN, SET ->
          List.of(action.key(), ActionWriter.write(action));
    };
  }

  private static String value(Action action, String name) {
    return action.attributes().get(name, "");
  }

  private static String title(ActionType type) {
    return switch (type) {
      case SET -> "Attributes";
      case DEPEND -> "Dependencies";
      case GROUP -> "Groups";
      case USER -> "Users";
      case DIR -> "Directories";
      case FILE -> "Files";
      case HARDLINK -> "Hard links";
      case LINK -> "Links";
      case DRIVER -> "Drivers";
      case UNKNOWN -> "Others";
      case LICENSE -> "Licences";
      case LEGACY -> "Legacy packages";
      case SIGNATURE -> "Signatures";
    };
  }

  /** The first value of that name; empty text if there is none. */
  public String fact(String name) {
    return facts.stream()
        .filter(fact -> fact.name().equals(name) && !fact.values().isEmpty())
        .findFirst()
        .map(fact -> fact.values().getFirst())
        .orElse("");
  }
}

package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.tree.LinkGroups;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.ledger.ImageFacts;
import emblema.publisher.master.rule.Rules;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** Makes the action that delivers one object of the new tree. */
final class ActionMaker {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final TreeIndex tree;
  private final LinkGroups links;
  private final Transitions transitions;
  private final EditableFiles editable;
  private final Rules rules;
  private final Choices choices;
  private final Set<String> starting;
  private final Actuation actuation;

  /**
   * @param starting what the start of the system rests on
   */
  ActionMaker(
      TreeIndex tree,
      LinkGroups links,
      Transitions transitions,
      EditableFiles editable,
      Rules rules,
      Choices choices,
      Set<String> starting,
      Actuation actuation) {
    this.tree = tree;
    this.links = links;
    this.transitions = transitions;
    this.editable = editable;
    this.rules = rules;
    this.choices = choices;
    this.starting = starting;
    this.actuation = actuation;
  }

  /** The action for a file, directory or link; files carry the SHA-1 of their content. */
  Action make(int position) {
    TreeEntry entry = tree.entry(position);
    return switch (entry.kind()) {
      case DIRECTORY -> directory(position, entry);
      case LINK -> link(entry);
      case FILE -> {
        String leader = links.leaderIfFollower(entry.path());
        yield leader == null ? file(position, entry) : hardLink(entry, leader);
      }
      default -> throw new IllegalArgumentException(entry.path());
    };
  }

  private Action file(int position, TreeEntry entry) {
    Attributes.Builder attributes = owned(position, entry);
    editable
        .preserve(entry)
        .ifPresent(
            value -> {
              attributes.add("preserve", value);
              String name = transitions.originalNames().get(entry.path());
              if (name != null) {
                attributes.add("original_name", name);
              }
            });
    if (choices.deliversTime(entry.path())) {
      attributes.add("timestamp", TIMESTAMP.format(Instant.ofEpochSecond(0, entry.mtime())));
    }
    common(entry, attributes);
    return Action.of(ActionType.FILE, tree.hash(position).sha1(), attributes.build());
  }

  private Action directory(int position, TreeEntry entry) {
    Attributes.Builder attributes = owned(position, entry);
    transitions.salvagedInto(entry.path()).forEach(from -> attributes.add("salvage-from", from));
    rules
        .reboot(entry.path())
        .filter(rule -> rule.on())
        .ifPresent(rule -> attributes.add("reboot-needed", "true"));
    return Action.of(ActionType.DIR, null, attributes.build());
  }

  private Action link(TreeEntry entry) {
    Attributes.Builder attributes =
        Attributes.builder().add("path", entry.path()).add("target", entry.target());
    common(entry, attributes);
    return Action.of(ActionType.LINK, null, attributes.build());
  }

  private Action hardLink(TreeEntry entry, String leader) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("path", entry.path())
            .add("target", relative(entry.path(), leader));
    common(entry, attributes);
    return Action.of(ActionType.HARDLINK, null, attributes.build());
  }

  private Attributes.Builder owned(int position, TreeEntry entry) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("path", entry.path())
            .add("owner", entry.owner())
            .add("group", entry.group())
            .add("mode", entry.modeText());
    tree.facts(position)
        .extensions()
        .forEach(
            (name, value) -> attributes.add(ImageFacts.EXTENDED_ATTRIBUTE, name + ":" + value));
    return attributes;
  }

  private void common(TreeEntry entry, Attributes.Builder attributes) {
    if (needsReboot(entry.path())) {
      attributes.add("reboot-needed", "true");
    } else {
      actuation.add(entry.path(), attributes);
    }
    Set<String> facets = rules.facets(entry.path());
    if (facets.isEmpty()) {
      StandardFacets.of(entry.path()).ifPresent(facet -> attributes.add("facet." + facet, "true"));
    }
    facets.forEach(facet -> attributes.add("facet." + facet, "true"));
  }

  boolean needsReboot(String path) {
    return rules
        .reboot(path)
        .map(rule -> rule.on())
        .orElseGet(
            () ->
                transitions.reboot().contains(path)
                    || starting.contains(path)
                    || RebootPatterns.match(path));
  }

  /** The target of a hard link: relative to the link's directory. */
  static String relative(String from, String to) {
    String[] a = from.split("/");
    String[] b = to.split("/");
    int common = 0;
    while (common < a.length - 1 && common < b.length - 1 && a[common].equals(b[common])) {
      common++;
    }
    StringBuilder path = new StringBuilder("../".repeat(a.length - 1 - common));
    for (int i = common; i < b.length; i++) {
      path.append(b[i]).append(i + 1 < b.length ? "/" : "");
    }
    return path.toString();
  }
}

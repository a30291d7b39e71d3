package emblema.flash.select;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.tree.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Which objects of an image go into an archive (spec flar-cli, 3.3). The rule whose path is the
 * longest prefix of an object's path decides; the order of options does not matter. Directories
 * above something included are archived bare. With an absolute list exactly the listed names are
 * archived, and the directories above them.
 */
public final class Selection implements Scope {
  private static final int SHOWN = 20;

  private final Disk image;
  private final String root;
  private final EventSink events;
  private final boolean isAbsolute;
  private final RuleTree rules = new RuleTree();

  /** With an absolute list: the names that are archived. */
  private final RuleTree listed = new RuleTree();

  private final List<Rule> inOrder = new ArrayList<>();
  private int missing;

  private Selection(Disk image, boolean isAbsolute, EventSink events) {
    this.image = image;
    this.root = image.root().toString();
    this.isAbsolute = isAbsolute;
    this.events = events;
  }

  /**
   * Reads all lists and checks the names in them.
   *
   * @throws NotFoundException for a name to include that the image does not have
   */
  public static Selection of(
      SelectionOptions options, Disk image, NeverArchived never, EventSink events) {
    Selection selection = new Selection(image, options.isAbsolute(), events);
    selection.leaveOut(never, options.leavesTemporaryFilesOut());
    options.excluded().forEach(selection::exclude);
    options.excludeLists().forEach(list -> list.names(selection::exclude));
    options.included().forEach(selection::include);
    options
        .filters()
        .forEach(
            filter ->
                filter.filters(
                    (isIncluded, path) -> {
                      if (isIncluded) {
                        selection.include(path);
                      } else {
                        selection.exclude(path);
                      }
                    }));
    if (options.isAbsolute()) {
      options.files().ifPresent(list -> list.names(selection::list));
    } else {
      options.files().ifPresent(list -> list.names(selection::include));
    }
    if (selection.missing > SHOWN) {
      selection.warn("and " + (selection.missing - SHOWN) + " more excluded names do not exist");
    }
    return selection;
  }

  private void leaveOut(NeverArchived never, boolean leavesTemporaryFilesOut) {
    for (String path : never.paths(root, leavesTemporaryFilesOut)) {
      rules.empty(path);
      inOrder.add(new Rule(SafePath.of(path), false, true));
    }
  }

  private void exclude(String typed) {
    SafePath path = ImagePath.of(typed, root);
    if (!exists(path)) {
      missing++;
      if (missing <= SHOWN) {
        warn("excluded '" + typed + "' does not exist in '" + root + "'");
      }
    }
    add(path, false);
  }

  private void include(String typed) {
    add(existing(typed), true);
  }

  private void list(String typed) {
    SafePath path = existing(typed);
    if (rules.see(path.text()).verdict() != RuleTree.Verdict.EXCLUDED) {
      listed.add(path.text(), true);
    }
  }

  private void add(SafePath path, boolean isIncluded) {
    if (!rules.add(path.text(), isIncluded)) {
      warn("'/" + path + "' is both excluded and included: it is included");
    }
    inOrder.add(new Rule(path, isIncluded, false));
  }

  /** Takes an object and what is below it into the archive, whatever the rules say. */
  public void force(String typed) {
    SafePath path = existing(typed);
    rules.add(path.text(), true);
    inOrder.add(new Rule(path, true, false));
    if (isAbsolute) {
      listed.add(path.text(), true);
    }
  }

  private SafePath existing(String typed) {
    SafePath path = ImagePath.of(typed, root);
    if (!exists(path)) {
      throw new NotFoundException(
          "'" + typed + "' does not exist in '" + root + "'",
          "what is to be included must be there; a path through a symbolic link does not count");
    }
    return path;
  }

  private boolean exists(SafePath path) {
    try {
      return image.stat(path).isPresent();
    } catch (ConflictException e) {
      return false; // A link on the way: nothing that the walk would meet.
    }
  }

  @Override
  public Choice choose(String path, Stat stat) {
    if (isAbsolute) {
      RuleTree.Sight sight = listed.see(path);
      if (sight.hasIncludedBelow() && stat.isDirectory()) {
        return Choice.WHOLE;
      }
      return listed.includes(path) ? Choice.ALONE : Choice.NOTHING;
    }
    RuleTree.Sight sight = rules.see(path);
    if (sight.hasIncludedBelow() && stat.isDirectory()) {
      return Choice.WHOLE;
    }
    if (sight.verdict() != RuleTree.Verdict.INCLUDED) {
      return Choice.NOTHING;
    }
    return sight.isEmptied() ? Choice.ALONE : Choice.WHOLE;
  }

  /** Whether an object that is not archived is left out by the software, not by the user. */
  public boolean isLeftOutBySoftware(String path) {
    return !isAbsolute && rules.see(path).verdict() == RuleTree.Verdict.BUILT_IN;
  }

  /** Whether the rules mean the object itself, not only something below it. */
  public boolean includes(String path) {
    return isAbsolute
        ? listed.includes(path)
        : rules.see(path).verdict() == RuleTree.Verdict.INCLUDED;
  }

  /** Whether everything in a directory is archived, but for what rules name below it. */
  public boolean covers(String directory) {
    RuleTree.Sight sight = rules.see(directory);
    return !isAbsolute && sight.verdict() == RuleTree.Verdict.INCLUDED && !sight.isEmptied();
  }

  /** All rules: what the software leaves out first, then the user's in the order read. */
  public List<Rule> rules() {
    return List.copyOf(inOrder);
  }

  private void warn(String text) {
    events.emit(new Event.Warning(text));
  }
}

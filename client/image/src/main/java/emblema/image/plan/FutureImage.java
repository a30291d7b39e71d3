package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestLine;
import emblema.core.manifest.Varcets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the image will deliver where the plan touches it. All manifests are streamed; of most
 * actions only hashes stay, and those that matter one by one are kept.
 */
final class FutureImage {
  private final PackageFacts facts;
  private final Varcets varcets;
  private final List<Fmri> packages;
  private final Touched touched;

  /** Number of the first package that delivers a touched key, plus 1. */
  private final KeyTable first = new KeyTable();

  /** Touched objects with their types. */
  private final KeyTable typed = new KeyTable();

  private final KeyTable shared = new KeyTable();
  private final BitSet sharing = new BitSet();
  private final KeyTable directories = new KeyTable();

  /** Those of the directories that something lies in, as their parents are too. */
  private final KeyTable implied = new KeyTable();

  private final List<Delivery> mediated = new ArrayList<>();
  private final List<Delivery> hardLinks = new ArrayList<>();
  private final List<Delivery> survivors = new ArrayList<>();
  private final List<Delivery> obstacles = new ArrayList<>();

  /**
   * What to look for.
   *
   * @param keys everything that changes
   * @param lostFiles files that some package gives up
   * @param parents directories above what comes
   * @param rewritten files that get a new inode
   */
  record Touched(KeyTable keys, KeyTable lostFiles, KeyTable parents, KeyTable rewritten) {}

  FutureImage(PackageFacts facts, Varcets varcets, List<Fmri> packages, Touched touched) {
    this.facts = facts;
    this.varcets = varcets;
    this.packages = List.copyOf(packages);
    this.touched = touched;
    for (int i = 0; i < packages.size(); i++) {
      int number = i;
      Fmri owner = packages.get(i);
      facts.lines(
          owner,
          line -> {
            if (!isPassedOver(line)) {
              PackageDelta.effective(varcets, line)
                  .ifPresent(action -> take(number, owner, action));
            }
          });
    }
  }

  /**
   * Most lines are plain, of any image, and touched by nothing: they only say which directories
   * there will be.
   */
  private boolean isPassedOver(ManifestLine line) {
    ActionType type = line.plainType();
    if (type == null
        || line.mentions("mediator")
        || line.mentions("variant.")
        || line.mentions("facet.")
        || line.mentions("opensolaris.zone")) {
      return false;
    }
    String path = line.value("path");
    if (path == null) {
      return false;
    }
    long key = Keys.path(path);
    if (touched.keys().contains(key) || touched.parents().contains(key)) {
      return false;
    }
    addParents(Keys.clean(path));
    if (type == ActionType.DIR) {
      directories.add(key);
    }
    return true;
  }

  private void take(int number, Fmri owner, Action action) {
    ActionType type = action.type();
    if (type == ActionType.LICENSE || !type.isGloballyIdentical()) {
      return;
    }
    long key = Keys.of(action);
    if (type.isInPathSpace()) {
      addParents(Keys.clean(action.key()));
      if (type == ActionType.DIR) {
        directories.add(key);
      } else if (touched.parents().contains(key)) {
        obstacles.add(new Delivery(owner, action));
      }
    }
    if (Pool.isMediated(action)) {
      mediated.add(new Delivery(owner, action));
    }
    if (action instanceof HardLinkAction link
        && touched.rewritten().contains(Keys.path(HardLinks.target(link)))) {
      hardLinks.add(new Delivery(owner, action));
    }
    if (touched.keys().contains(key)) {
      if (!Pool.isMediated(action)) {
        typed.add(Keys.typed(action));
      }
      int earlier = first.get(key);
      if (earlier == 0) {
        first.put(key, number + 1);
      } else {
        shared.add(key);
        sharing.set(earlier - 1);
        sharing.set(number);
      }
      if (action instanceof FileAction && touched.lostFiles().contains(key)) {
        survivors.add(new Delivery(owner, action));
      }
    }
  }

  /** A directory that is known already has its parents known too. */
  private void addParents(String path) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      long key = Keys.path(path.substring(0, slash));
      if (implied.contains(key)) {
        return;
      }
      implied.add(key);
      directories.add(key);
    }
  }

  /**
   * Whether something of the same type is still delivered at the action's name; a directory also
   * when something lies below it.
   */
  boolean deliversSame(Action action) {
    return action.type() == ActionType.DIR
        ? directories.contains(Keys.of(action))
        : typed.contains(Keys.typed(action));
  }

  /** Whether the path is a directory of the future image, named or implied. */
  boolean isDirectory(String path) {
    return directories.contains(Keys.path(path));
  }

  /** All mediated links. */
  List<Delivery> mediated() {
    return mediated;
  }

  /** Hard links to files that are written anew. */
  List<Delivery> hardLinks() {
    return hardLinks;
  }

  /** Files that one package gives up and another still delivers. */
  List<Delivery> survivors() {
    return survivors;
  }

  /** What is no directory at a path above something that comes. */
  List<Delivery> obstacles() {
    return obstacles;
  }

  /** Touched names that several actions deliver, with all of these; by type-neutral name. */
  Map<String, List<Delivery>> shared() {
    Map<String, List<Delivery>> found = new TreeMap<>();
    for (int i = sharing.nextSetBit(0); i >= 0; i = sharing.nextSetBit(i + 1)) {
      Fmri owner = packages.get(i);
      PackageDelta.each(
          facts,
          varcets,
          owner,
          action -> {
            if (action.type().isGloballyIdentical()
                && action.type() != ActionType.LICENSE
                && shared.contains(Keys.of(action))) {
              String name =
                  action.type().isInPathSpace()
                      ? "path " + Keys.clean(action.key())
                      : action.type().word() + " " + action.key();
              found
                  .computeIfAbsent(name, any -> new ArrayList<>())
                  .add(new Delivery(owner, action));
            }
          });
    }
    return found;
  }

  /** The first action found below a path, for messages. */
  Optional<Delivery> below(String path) {
    String prefix = Keys.clean(path) + "/";
    List<Delivery> found = new ArrayList<>();
    for (Fmri owner : packages) {
      PackageDelta.each(
          facts,
          varcets,
          owner,
          action -> {
            if (found.isEmpty()
                && action.type().isInPathSpace()
                && Keys.clean(action.key()).startsWith(prefix)) {
              found.add(new Delivery(owner, action));
            }
          });
    }
    return found.stream().findFirst();
  }
}

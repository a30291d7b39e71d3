package emblema.flash.integrity;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.select.Selection;
import emblema.flash.tree.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks whether every registered file that is there would be archived. What is registered but
 * missing is not excluded; nor is what the software leaves out of every archive. Paths are followed
 * through directories that are links, as databases name files by older paths.
 */
public final class IntegrityCheck {
  private static final int SHOWN = 20;

  private final Disk image;
  private final Selection selection;
  private final RealPaths paths;
  private final List<String> first = new ArrayList<>();

  /** Several packages, and several databases, may know one object. */
  private final Set<SafePath> excluded = new HashSet<>();

  private long registered;

  private IntegrityCheck(Disk image, Selection selection) {
    this.image = image;
    this.selection = selection;
    this.paths = new RealPaths(image);
  }

  /** Checks against every database of the image. */
  public static IntegrityReport run(Disk image, Selection selection) {
    IntegrityCheck check = new IntegrityCheck(image, selection);
    List<PackageDatabase> databases =
        Stream.of(
                ImageDatabase.in(image),
                Svr4Database.in(image),
                DpkgDatabase.in(image),
                RpmDatabase.in(image))
            .flatMap(Optional::stream)
            .toList();
    for (PackageDatabase database : databases) {
      database.paths(check::look);
    }
    return new IntegrityReport(
        databases.stream().map(PackageDatabase::name).toList(),
        check.registered,
        check.excluded.size(),
        check.first);
  }

  private void look(String path) {
    Optional<SafePath> place = place(path);
    if (place.isEmpty() || place.get().isRoot()) {
      return;
    }
    SafePath real = place.get();
    Stat stat = image.stat(real).orElse(null);
    if (stat == null) {
      return;
    }
    registered++;
    if (selection.choose(real.text(), stat) != Scope.Choice.NOTHING
        || selection.isLeftOutBySoftware(real.text())) {
      return;
    }
    if (excluded.add(real) && first.size() < SHOWN) {
      first.add("/" + real);
    }
  }

  private Optional<SafePath> place(String path) {
    try {
      return paths.resolve(trimmed(path));
    } catch (MalformedException | ConflictException e) {
      return Optional.empty(); // Damage in a database is not for us to judge.
    }
  }

  /** Databases write {@code /.} for the root, and some directories with a slash at the end. */
  private static SafePath trimmed(String path) {
    String rest = path.endsWith("/.") ? path.substring(0, path.length() - 2) : path;
    while (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    return SafePath.of(rest);
  }
}

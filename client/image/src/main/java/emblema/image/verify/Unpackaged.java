package emblema.image.verify;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.Varcets;
import emblema.image.image.Image;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds what lies in an image and no package delivers; does not look into unpackaged directories.
 */
public final class Unpackaged {
  private final Image image;
  private final Disk disk;
  private final Set<String> delivered = new HashSet<>();

  /**
   * @param path relative to the image
   */
  public record Item(SafePath path, Stat.Kind kind) {}

  /**
   * @param packages all that are installed
   */
  public Unpackaged(Image image, Collection<Fmri> packages) {
    this.image = image;
    this.disk = image.disk();
    for (String always : List.of("var", "var/sadm", "var/sadm/install")) {
      delivered.add(always);
    }
    Varcets varcets = image.config().varcets();
    for (Fmri fmri : packages) {
      for (Action action : image.manifest(fmri).actions()) {
        if (varcets.admits(action)) {
          action.pathIfAny().ifPresent(this::deliver);
        }
      }
    }
  }

  private void deliver(String path) {
    Optional<SafePath> at = Optional.of(SafePath.of(path));
    while (at.isPresent() && !at.get().isRoot() && delivered.add(at.get().text())) {
      at = at.get().parent();
    }
  }

  /** Whether a package delivers the object or something below it. */
  boolean isDelivered(SafePath path) {
    return delivered.contains(path.text());
  }

  /** In each directory directories first, then other objects, then what lies deeper. */
  public void find(Consumer<Item> each) {
    find(SafePath.ROOT, each);
  }

  private void find(SafePath directory, Consumer<Item> each) {
    List<Item> others = new ArrayList<>();
    List<SafePath> deeper = new ArrayList<>();
    for (String name : disk.list(directory)) {
      SafePath path = directory.resolve(name);
      Optional<Stat> stat = disk.stat(path);
      if (stat.isEmpty()) {
        continue;
      }
      boolean isDirectory = stat.get().isDirectory();
      if (delivered.contains(path.text())) {
        if (isDirectory) {
          deeper.add(path);
        }
      } else if (isDirectory) {
        each.accept(new Item(path, stat.get().kind()));
      } else {
        others.add(new Item(path, stat.get().kind()));
      }
    }
    others.forEach(each);
    deeper.forEach(path -> find(path, each));
  }

  /** The absolute path, for people. */
  public String describe(Item item) {
    return image.disk().describe(item.path());
  }
}

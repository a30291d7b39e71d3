package emblema.smf;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.smf.migrate.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment to serve, opened. One disk holds it and its shared roots, so that what lies on
 * one file system can be renamed: its root is the deepest directory above them all. Links in the
 * paths that the caller gives are resolved here, once; below them none is followed.
 */
record Environment(Places places) implements AutoCloseable {

  static Environment open(Path root, Map<SafePath, Path> shared) {
    Path real = real(root);
    Map<SafePath, Path> physical = new HashMap<>();
    Path top = real;
    for (Map.Entry<SafePath, Path> entry : shared.entrySet()) {
      Path path = realAsFarAsItExists(entry.getValue().toAbsolutePath().normalize());
      physical.put(entry.getKey(), path);
      top = above(top, path);
    }
    Disk disk = RealDisk.open(top);
    Map<SafePath, SafePath> places = new HashMap<>();
    for (Map.Entry<SafePath, Path> entry : physical.entrySet()) {
      places.put(entry.getKey(), below(top, entry.getValue()));
    }
    return new Environment(new Places(disk, below(top, real), places));
  }

  /** The deepest directory that holds both. */
  private static Path above(Path top, Path path) {
    Path parent = top.getParent();
    return path.startsWith(top) || parent == null ? top : above(parent, path);
  }

  private static SafePath below(Path top, Path path) {
    return SafePath.of(top.relativize(path).toString());
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      throw new NotFoundException("directory '" + path + "' does not exist", null, List.of(), e);
    } catch (IOException e) {
      throw new StorageException("cannot open '" + path + "'", e.getMessage(), List.of(), e);
    }
  }

  private static Path realAsFarAsItExists(Path path) {
    Path parent = path.getParent();
    return Files.exists(path) || parent == null
        ? real(path)
        : realAsFarAsItExists(parent).resolve(path.getFileName());
  }

  /**
   * The boot environment's name when nobody gave it: the last name of the root's data set or
   * subvolume as the mount table has it, else the last name of the root's path, else {@code old}.
   */
  static String name(Path root, Path mountTable) {
    Path real = real(root);
    String found = real.getNameCount() > 0 ? real.getFileName().toString() : mounted(mountTable);
    String plain = OsNames.isText(found) ? found.replaceAll("[^A-Za-z0-9._:-]", "_") : "old";
    String cut = plain.length() > 63 ? plain.substring(0, 63) : plain;
    return cut.isEmpty() || !Character.isLetterOrDigit(cut.charAt(0)) ? "old" : cut;
  }

  private static String mounted(Path mountTable) {
    try {
      for (String line : Files.readString(mountTable).split("\n", -1)) {
        String[] fields = line.split(" ", -1);
        int separator = line.indexOf(" - ");
        if (fields.length > 4 && fields[4].equals("/") && separator > 0) {
          String[] source = line.substring(separator + 3).split(" ", -1);
          boolean isDataSet = source.length > 1 && source[0].equals("zfs");
          String path = isDataSet ? source[1] : fields[3];
          return path.substring(path.lastIndexOf('/') + 1);
        }
      }
    } catch (IOException e) {
      return "old";
    }
    return "old";
  }

  @Override
  public void close() {
    places.disk().close();
  }
}

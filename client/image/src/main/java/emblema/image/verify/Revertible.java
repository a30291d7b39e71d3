package emblema.image.verify;

import emblema.core.action.Action;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which packaged files paths or tags name, and which unpackaged objects tags of directories do
 * (spec client-cli, section 4.14).
 *
 * @param files of installed packages
 * @param leftovers unpackaged objects to clear away, with the package that says so
 * @param unknown paths that no package delivers a file at
 */
public record Revertible(Set<SafePath> files, List<Leftover> leftovers, List<String> unknown) {
  private static final String TAG = "revert-tag";

  /** An unpackaged object that a package's directory wants cleared away. */
  public record Leftover(Fmri owner, SafePath path) {}

  /** By path, relative to the image or with a slash at the start. */
  public static Revertible atPaths(Image image, List<String> paths) {
    Set<String> wanted = new TreeSet<>();
    paths.forEach(path -> wanted.add(path.replaceAll("^/+", "")));
    Set<SafePath> files = new LinkedHashSet<>();
    Set<String> unknown = new TreeSet<>(wanted);
    for (StateEntry entry : image.state().installed()) {
      for (Action action : image.manifest(entry.fmri()).actions()) {
        if (action instanceof FileAction file
            && wanted.contains(file.path())
            && image.config().varcets().admits(action)) {
          files.add(SafePath.of(file.path()));
          unknown.remove(file.path());
        }
      }
    }
    return new Revertible(files, List.of(), List.copyOf(unknown));
  }

  public static Revertible tagged(Image image, List<String> tags) {
    Set<SafePath> files = new LinkedHashSet<>();
    List<Leftover> leftovers = new ArrayList<>();
    List<Fmri> installed = image.state().installed().stream().map(StateEntry::fmri).toList();
    Unpackaged unpackaged = new Unpackaged(image, installed);
    for (Fmri fmri : installed) {
      for (Action action : image.manifest(fmri).actions()) {
        if (!image.config().varcets().admits(action)) {
          continue;
        }
        List<String> marks = action.attributes().all(TAG);
        if (action instanceof FileAction file && marks.stream().anyMatch(tags::contains)) {
          files.add(SafePath.of(file.path()));
        } else if (action instanceof DirectoryAction directory) {
          for (String mark : marks) {
            int equals = mark.indexOf('=');
            if (equals > 0 && tags.contains(mark.substring(0, equals))) {
              SafePath path = SafePath.of(directory.path());
              leftovers.addAll(matching(image, fmri, path, mark.substring(equals + 1), unpackaged));
            }
          }
        }
      }
    }
    return new Revertible(files, leftovers, List.of());
  }

  /** Names in the directory that match; another file system is not this image's to clear. */
  private static List<Leftover> matching(
      Image image, Fmri owner, SafePath directory, String glob, Unpackaged unpackaged) {
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + glob.replace("\\", "\\\\"));
    List<Leftover> found = new ArrayList<>();
    image
        .disk()
        .stat(directory)
        .filter(stat -> stat.isDirectory())
        .ifPresent(
            parent -> {
              for (var entry : image.disk().entries(directory)) {
                SafePath path = directory.resolve(entry.name());
                if (matcher.matches(Path.of(entry.name()))
                    && entry.stat().device() == parent.device()
                    && !unpackaged.isDelivered(path)
                    && !path.equals(image.layout().metadata())) {
                  found.add(new Leftover(owner, path));
                }
              }
            });
    return found;
  }
}

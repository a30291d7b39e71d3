package emblema.image.change;

import emblema.bootenv.BootEnvironments;
import emblema.core.action.ActionType;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestLine;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import emblema.image.plan.Preserve;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files of an image two environments may share by hard links: packaged ones that nobody
 * edits. Everything else may be written in place by somebody.
 */
final class SharedPaths {
  private SharedPaths() {}

  static Predicate<SafePath> editable(Image image) {
    Set<String> fixed = new HashSet<>();
    ImageManifests manifests = new ImageManifests(image);
    for (StateEntry entry : image.state().installed()) {
      manifests.lines(entry.fmri(), line -> fixed(line).ifPresent(fixed::add));
    }
    return BootEnvironments.USUALLY_EDITABLE.or(path -> !fixed.contains(path.text()));
  }

  /** The path that the line delivers, if it is a file that nobody edits. */
  private static Optional<String> fixed(ManifestLine line) {
    ActionType type = line.plainType();
    if (type != null && (type != ActionType.FILE || !line.mentions("preserve"))) {
      return type == ActionType.FILE
          ? Optional.ofNullable(line.value("path")).map(SharedPaths::relative)
          : Optional.empty();
    }
    return switch (line.action()) {
      case FileAction file when !Preserve.isEditable(file) -> Optional.of(relative(file.path()));
      case HardLinkAction link -> Optional.of(relative(link.path()));
      default -> Optional.empty();
    };
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}

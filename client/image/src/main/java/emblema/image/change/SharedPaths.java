package emblema.image.change;

import emblema.bootenv.BootEnvironments;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import emblema.image.plan.Preserve;
import java.util.HashSet;
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
      manifests.actions(
          entry.fmri(),
          action -> {
            switch (action) {
              case FileAction file when !Preserve.isEditable(file) ->
                  fixed.add(relative(file.path()));
              case HardLinkAction link -> fixed.add(relative(link.path()));
              default -> {}
            }
          });
    }
    return BootEnvironments.USUALLY_EDITABLE.or(path -> !fixed.contains(path.text()));
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}

package emblema.image.verify;

import emblema.core.action.DependAction;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.image.image.ImageState;
import emblema.image.image.StateEntry;
import java.util.List;
import java.util.Optional;

/** Whether what a package depends on is installed. */
final class DependencyCheck {
  private final ImageState state;

  DependencyCheck(ImageState state) {
    this.state = state;
  }

  List<Finding.Problem> check(DependAction depend) {
    return switch (depend.dependencyType()) {
      case "require" -> require(depend);
      case "require-any" -> requireAny(depend);
      case "incorporate" -> incorporate(depend);
      case "optional" -> tooOld(depend);
      case "exclude" -> exclude(depend);
      default -> List.of();
    };
  }

  private List<Finding.Problem> require(DependAction depend) {
    for (String text : depend.fmris()) {
      if (installed(text).isEmpty()) {
        return error("required dependency '" + text + "' is not installed");
      }
    }
    return tooOld(depend);
  }

  private List<Finding.Problem> requireAny(DependAction depend) {
    boolean met =
        depend.fmris().stream()
            .anyMatch(text -> installed(text).filter(e -> isAtLeast(e, text)).isPresent());
    return met
        ? List.of()
        : error("none of '" + String.join("', '", depend.fmris()) + "' is installed");
  }

  private List<Finding.Problem> tooOld(DependAction depend) {
    for (String text : depend.fmris()) {
      Optional<StateEntry> entry = installed(text);
      if (entry.isPresent() && !isAtLeast(entry.get(), text)) {
        return error(
            "dependency '"
                + text
                + "' is installed in an older version: "
                + entry.get().fmri().toShortString());
      }
    }
    return List.of();
  }

  private List<Finding.Problem> incorporate(DependAction depend) {
    for (String text : depend.fmris()) {
      Version wanted = Fmri.parse(text).version();
      Optional<StateEntry> entry = installed(text);
      if (wanted != null
          && entry.isPresent()
          && !entry.get().fmri().requireVersion().isSuccessorOf(wanted, Version.Constraint.AUTO)) {
        return error(
            "incorporated package '"
                + text
                + "' is installed in another version: "
                + entry.get().fmri().toShortString());
      }
    }
    return List.of();
  }

  private List<Finding.Problem> exclude(DependAction depend) {
    for (String text : depend.fmris()) {
      Optional<StateEntry> entry = installed(text);
      if (entry.isPresent() && isAtLeast(entry.get(), text)) {
        return error("excluded package '" + text + "' is installed");
      }
    }
    return List.of();
  }

  private Optional<StateEntry> installed(String text) {
    return state.installed(Fmri.parse(text).stem());
  }

  private static boolean isAtLeast(StateEntry entry, String text) {
    Version wanted = Fmri.parse(text).version();
    return wanted == null
        || entry.fmri().requireVersion().compareTo(wanted) >= 0
        || entry.fmri().requireVersion().isSuccessorOf(wanted, Version.Constraint.AUTO);
  }

  private static List<Finding.Problem> error(String text) {
    return List.of(new Finding.Problem(Finding.Level.ERROR, text));
  }
}

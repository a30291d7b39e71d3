package emblema.image.cli;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.image.plan.Step;
import org.jspecify.annotations.Nullable;

/** One line for one step: what it replaces and what comes, as manifests write it. */
final class StepText {
  private StepText() {}

  static String of(Step step) {
    return switch (step) {
      case Step.RemoveFile s -> line(s.before(), null);
      case Step.SetAsideFile s -> line(s.before(), null);
      case Step.RemoveLink s -> line(s.before(), null);
      case Step.RemoveHardLink s -> line(s.before(), null);
      case Step.RemoveDirectory s -> "dir path=" + s.path() + " -> None";
      case Step.RemoveLicense s -> line(s.before(), null);
      case Step.RemoveLegacy s -> line(s.before(), null);
      case Step.RemoveDriver s -> line(s.before(), null);
      case Step.RemoveUser s -> line(s.before(), null);
      case Step.RemoveGroup s -> line(s.before(), null);
      case Step.PutGroup s -> line(s.before(), s.after());
      case Step.PutUser s -> line(s.before(), s.after());
      case Step.PutDirectory s -> line(s.before(), s.after());
      case Step.Recover s -> "salvaged content of " + s.from() + " -> " + s.into();
      case Step.PutFile s -> line(s.before(), s.after());
      case Step.PutHardLink s -> line(s.before(), s.after());
      case Step.PutLink s -> line(s.before(), s.after());
      case Step.PutDriver s -> line(s.before(), s.after());
      case Step.PutLicense s -> line(null, s.after());
      case Step.PutLegacy s -> line(null, s.after());
    };
  }

  private static String line(@Nullable Action before, @Nullable Action after) {
    return text(before) + " -> " + text(after);
  }

  private static String text(@Nullable Action action) {
    return action == null ? "None" : ActionWriter.write(action);
  }
}

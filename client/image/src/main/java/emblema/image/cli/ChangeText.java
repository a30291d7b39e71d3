package emblema.image.cli;

import emblema.cli.Output;
import emblema.cli.Session;
import emblema.image.apply.Applied;
import emblema.image.change.ChangeResult;
import emblema.image.plan.Plan;
import java.util.stream.Collectors;

/** What is said of a change that was carried out. */
final class ChangeText {
  private ChangeText() {}

  /** One line a package, as histories keep it. */
  static String forHistory(Plan plan) {
    return plan.packages().stream()
        .map(step -> step.before() + " -> " + step.after())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Salvaged objects and remarks on standard error, boot environments on standard output. */
  static void report(ChangeResult result, Session session, boolean quiet) {
    Applied applied = result.applied();
    Output err = session.err();
    if (!applied.salvaged().isEmpty()) {
      err.line();
      err.line("The following unexpected or editable files and directories were");
      err.line("salvaged while executing the requested package operation; they");
      err.line("have been moved to the displayed location in the image:");
      err.line();
      applied.salvaged().forEach(s -> err.line("  " + s.path() + " -> " + s.stored()));
    }
    if (!applied.moved().isEmpty() && !quiet) {
      err.line();
      err.line("Content was moved to its new place:");
      err.line();
      applied.moved().forEach(s -> err.line("  " + s.path() + " -> " + s.stored()));
    }
    if (!applied.kept().isEmpty() && !quiet) {
      err.line();
      err.line("Edited files were kept; the other version is beside them:");
      err.line();
      applied.kept().forEach(k -> err.line("  " + k.path() + " (" + k.other() + ")"));
    }
    applied.remarks().forEach(session::warn);
    if (!quiet) {
      environments(result, session.out());
    }
  }

  private static void environments(ChangeResult result, Output out) {
    String source = result.source().orElse("");
    result
        .backup()
        .ifPresent(
            name ->
                out.line(
                    "A copy of the boot environment '" + source + "' is kept as '" + name + "'."));
    result
        .newEnvironment()
        .ifPresent(
            name -> {
              if (result.activated()) {
                out.line("A clone of " + source + " exists and has been updated and activated.");
                out.line("On the next boot the Boot Environment " + name + " will be");
                out.line("mounted on '/'.  Reboot when ready to switch to this updated BE.");
              } else {
                out.line("A clone of " + source + " exists and has been updated. To set the new");
                out.line("BE as the active one on next boot, execute the following command:");
                out.line();
                out.line("beadm activate " + name);
              }
            });
  }
}

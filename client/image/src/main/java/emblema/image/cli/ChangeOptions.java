package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Syntax;
import emblema.image.change.EnvironmentWish;
import java.util.List;
import java.util.Optional;

/**
 * The options that commands which change packages share (spec client-cli, sections 3.1 and 3.2).
 */
final class ChangeOptions {
  private ChangeOptions() {}

  /** For {@code install} and {@code update}. */
  static Syntax fetching(Syntax syntax) {
    return common(syntax)
        .flag("--accept", "agree to and accept the licenses of all packages")
        .flag("--licenses", "show all licenses, not only those that must be shown")
        .flag("--no-refresh", "do not refresh catalogs first")
        .list("-g", "uri", "take packages from this repository or archive too, for this once")
        .list("--reject", "pattern", "do without these packages, remove them")
        .value("-C --concurrency", "n", "accepted for compatibility: there are no child images");
  }

  static Syntax common(Syntax syntax) {
    return syntax
        .flag("-n", "only say what would be done")
        .count("-v", "tell more; repeat it for actions")
        .flag("-q", "no progress, no plan")
        .choice("--parsable", "version", List.of("0"), "the plan as one JSON object")
        .flag("--no-index", "accepted for compatibility: there is no index to update")
        .flag("--no-be-activate", "leave a new boot environment inactive")
        .flag("--no-backup-be", "keep no copy of the boot environment")
        .flag("--require-backup-be", "keep a copy of the boot environment")
        .value("--backup-be-name", "name", "keep a copy under this name")
        .flag("--deny-new-be", "fail where a new boot environment is needed")
        .flag("--require-new-be", "work in a new boot environment")
        .value("--be-name", "name", "work in a new boot environment of this name")
        .flag("--sync-actuators", "wait until services have restarted")
        .value("--sync-actuators-timeout", "seconds", "wait for services, each no longer than this")
        .excludes("-q", "-v")
        .excludes("--parsable", "-v")
        .excludes("--be-name", "--deny-new-be")
        .excludes("--require-new-be", "--deny-new-be")
        .excludes("--require-backup-be", "--no-backup-be")
        .excludes("--backup-be-name", "--no-backup-be")
        .excludes("--require-backup-be", "--require-new-be")
        .excludes("--require-backup-be", "--be-name")
        .excludes("--backup-be-name", "--require-new-be")
        .excludes("--backup-be-name", "--be-name");
  }

  static EnvironmentWish environment(Arguments arguments) {
    return new EnvironmentWish(
        choice(
            arguments.has("--require-new-be") || arguments.has("--be-name"),
            arguments.has("--deny-new-be")),
        choice(
            arguments.has("--require-backup-be") || arguments.has("--backup-be-name"),
            arguments.has("--no-backup-be")),
        !arguments.has("--no-be-activate"),
        arguments.value("--be-name"),
        arguments.value("--backup-be-name"));
  }

  private static Optional<Boolean> choice(boolean yes, boolean no) {
    return yes ? Optional.of(true) : no ? Optional.of(false) : Optional.empty();
  }
}

package emblema.bootenv.directory;

import emblema.bootenv.BootEnvironment;
import emblema.core.error.ConflictException;

/** Why an environment is left alone. */
final class Refusals {
  private Refusals() {}

  static void ifActive(BootEnvironment environment, String doing) {
    if (environment.isCurrent()) {
      throw refusal(
          environment, doing, "it is active now", "activate another one and reboot into it first");
    }
    if (environment.isNext()) {
      throw refusal(
          environment, doing, "it is active on the next boot", "activate another one first");
    }
  }

  static void ifMounted(BootEnvironment environment, String doing) {
    if (environment.mountPoint().isPresent()) {
      String where = "it is mounted on '" + environment.mountPoint().get() + "'";
      throw refusal(environment, doing, where, "unmount it first");
    }
  }

  /** What is mounted inside would be removed with it. */
  static void ifSomethingIsMountedIn(BootEnvironment environment, String doing) {
    for (String inside : ClonePolicy.mountsBelow(environment.root())) {
      throw refusal(
          environment,
          doing,
          "'" + inside + "' in it is a mount point",
          "unmount '" + environment.root() + "/" + inside + "' first");
    }
  }

  private static ConflictException refusal(
      BootEnvironment environment, String doing, String why, String hint) {
    return new ConflictException(
        "cannot " + doing + " boot environment '" + environment.name() + "': " + why, hint);
  }
}

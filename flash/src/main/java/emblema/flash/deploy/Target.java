package emblema.flash.deploy;

import emblema.bootenv.BootEnvironments;
import java.nio.file.Path;

/** Where an archive is deployed to. */
public sealed interface Target {
  /** For messages. */
  String name();

  /**
   * A new boot environment: of a full archive from nothing, of a differential one a clone.
   *
   * @param source the environment to clone; empty text for the one that is active now
   */
  record NewEnvironment(
      BootEnvironments environments, String newName, String source, boolean activate)
      implements Target {
    @Override
    public String name() {
      return "boot environment '" + newName + "'";
    }
  }

  /**
   * An existing directory, which is changed in place.
   *
   * @param isLive whether it may be the running system's root
   */
  record Directory(Path path, boolean isLive) implements Target {
    @Override
    public String name() {
      return "'" + path + "'";
    }
  }
}

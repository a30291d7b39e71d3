package emblema.image.service;

import java.util.List;

/** What starts and stops services, as far as a change of packages needs it. */
sealed interface ServiceKeeper permits Smf, Systemd {

  /** Whether this is the one for a service of that name, and whether it is there. */
  boolean manages(String service);

  /** The services of that name or pattern that run now. */
  List<String> running(String service);

  /** Stops it for good. */
  void disable(String service);

  /** Stops it until it is resumed or the machine starts again. */
  void suspend(String service);

  void resume(String service);

  /** Makes it read its configuration again. */
  void refresh(String service);

  void restart(String service);
}

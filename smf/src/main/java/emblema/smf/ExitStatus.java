package emblema.smf;

import emblema.core.error.AccessException;
import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.error.StorageException;

/**
 * The one table of exit statuses (spec shared-dirs-smf, section 4.3): what happened, and what that
 * is called for SMF and for everybody else.
 */
enum ExitStatus {
  OK(0, 0),
  /** Nothing was staged, and the caller wants the service disabled until the next boot. */
  IDLE(101, 0),
  /** Something was left in staging, and the caller asked for strictness. */
  LEFTOVERS(95, 3),
  /** Another run is busy; SMF tries again. */
  LOCKED(1, 7),
  USAGE(96, 2),
  CONFIGURATION(96, 1),
  ACCESS(100, 51),
  STORAGE(95, 1),
  BUG(95, 99);

  enum Style {
    SMF,
    SYSTEMD
  }

  private final int smf;
  private final int systemd;

  ExitStatus(int smf, int systemd) {
    this.smf = smf;
    this.systemd = systemd;
  }

  int code(Style style) {
    return style == Style.SMF ? smf : systemd;
  }

  /** Errors that stop a run before or while it moves; all but these are configuration. */
  static ExitStatus of(EmblemaException error) {
    return switch (error) {
      case emblema.core.error.UsageException e -> USAGE;
      case LockedException e -> LOCKED;
      case AccessException e -> ACCESS;
      case StorageException e -> STORAGE;
      case emblema.core.error.IntegrityException e -> STORAGE;
      default -> CONFIGURATION;
    };
  }
}

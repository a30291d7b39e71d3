package emblema.image.service;

import emblema.core.error.ActuatorTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What happens to services around a change of the running system (spec planner-solver, sections
 * 11.3 and 11.4): those of removed objects are disabled and those to be suspended are stopped
 * before; the others are refreshed and restarted after, once each and only if they run, and the
 * suspended ones started again.
 */
public final class Services {
  /** For images that do not run. */
  public static final Services NONE = new Services(List.of(), Optional.empty());

  private final List<ServiceKeeper> keepers;
  private final Optional<ServiceCommands> commands;

  private Services(List<ServiceKeeper> keepers, Optional<ServiceCommands> commands) {
    this.keepers = keepers;
    this.commands = commands;
  }

  /**
   * The services of this machine.
   *
   * @param systemd whether systemd started it
   */
  public static Services of(ServiceCommands commands, boolean systemd) {
    return new Services(
        List.of(new Smf(commands), new Systemd(commands, systemd)), Optional.of(commands));
  }

  private Optional<ServiceKeeper> keeper(String service) {
    return keepers.stream().filter(each -> each.manages(service)).findFirst();
  }

  /**
   * Stops what must not run while the change happens.
   *
   * @param actuators names of operations, {@code disable_fmri} and so on, to services
   * @param noted told the services that are about to be suspended, if there are any, to be resumed
   *     by somebody else if this process dies
   */
  public Pause before(Map<String, Set<String>> actuators, Consumer<List<String>> noted) {
    for (String service : actuators.getOrDefault("disable_fmri", Set.of())) {
      keeper(service).ifPresent(keeper -> keeper.running(service).forEach(keeper::disable));
    }
    List<String> suspended = new ArrayList<>();
    for (String service : actuators.getOrDefault("suspend_fmri", Set.of())) {
      keeper(service).ifPresent(keeper -> suspended.addAll(keeper.running(service)));
    }
    if (!suspended.isEmpty()) {
      noted.accept(suspended);
    }
    for (String service : suspended) {
      keeper(service).ifPresent(keeper -> keeper.suspend(service));
    }
    return new Pause(actuators, suspended);
  }

  /** Starts what was suspended. */
  public void resume(List<String> suspended) {
    for (String service : suspended) {
      keeper(service).ifPresent(keeper -> keeper.resume(service));
    }
  }

  /** The time between stopping services and starting them again. */
  public final class Pause {
    private final Map<String, Set<String>> actuators;
    private final List<String> suspended;

    private Pause(Map<String, Set<String>> actuators, List<String> suspended) {
      this.actuators = actuators;
      this.suspended = List.copyOf(suspended);
    }

    /** The change was taken back: what was suspended runs as before. */
    public void undo() {
      resume(suspended);
    }

    /** The change is made. */
    public void done() {
      Set<String> refreshed = new TreeSet<>(actuators.getOrDefault("refresh_fmri", Set.of()));
      Set<String> restarted = new TreeSet<>(actuators.getOrDefault("restart_fmri", Set.of()));
      boolean reloads = refreshed.remove(Systemd.RELOAD) | restarted.remove(Systemd.RELOAD);
      if (reloads) {
        each(Set.of(Systemd.RELOAD), ServiceKeeper::refresh); // before its units are started
      }
      each(refreshed, ServiceKeeper::refresh);
      each(restarted, ServiceKeeper::restart);
      resume(suspended);
    }

    private void each(Set<String> services, Doing doing) {
      for (String service : services) {
        keeper(service)
            .ifPresent(
                keeper -> keeper.running(service).forEach(running -> doing.with(keeper, running)));
      }
    }
  }

  @FunctionalInterface
  private interface Doing {
    void with(ServiceKeeper keeper, String service);
  }

  /**
   * Fails if a command took too long.
   *
   * @throws ActuatorTimeoutException naming them
   */
  public void requireInTime() {
    List<String> late = commands.map(ServiceCommands::late).orElse(List.of());
    if (!late.isEmpty()) {
      throw new ActuatorTimeoutException(
          "the change is made, but services did not follow in time",
          String.join("\n", late),
          List.of("see what they do, and do it by hand if need be"),
          null);
    }
  }
}

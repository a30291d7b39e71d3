package emblema.image.plan;

import emblema.core.action.Action;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happens to services around the change (spec planner-solver 11.4, manifest 19).
 *
 * @param services names of operations ({@code disable_fmri}, {@code refresh_fmri}, …) to services
 * @param rebootNeeded whether an updated or removed action says so
 */
public record Actuators(SortedMap<String, Set<String>> services, boolean rebootNeeded) {
  public Actuators {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
  }

  private static final Set<String> ON_INSTALL = Set.of("refresh_fmri", "restart_fmri");
  private static final Set<String> ON_UPDATE =
      Set.of("refresh_fmri", "restart_fmri", "suspend_fmri");
  private static final Set<String> ON_REMOVAL =
      Set.of("refresh_fmri", "restart_fmri", "disable_fmri");

  static boolean isActuating(Action action) {
    return action.attributes().names().stream()
        .anyMatch(
            name ->
                name.equals("reboot-needed")
                    || ON_UPDATE.contains(name)
                    || ON_REMOVAL.contains(name));
  }

  /** Collects what single actions ask for. */
  static final class Builder {
    private final TreeMap<String, Set<String>> services = new TreeMap<>();
    private boolean reboot;

    /**
     * @param before null for an installation
     * @param after null for a removal
     */
    void add(@Nullable Action before, @Nullable Action after) {
      Set<String> scanned = before == null ? ON_INSTALL : after == null ? ON_REMOVAL : ON_UPDATE;
      for (Action action : new @Nullable Action[] {before, after}) {
        if (action != null) {
          for (String name : scanned) {
            for (String service : action.attributes().all(name)) {
              services.computeIfAbsent(name, any -> new TreeSet<>()).add(service);
            }
          }
          reboot |= before != null && action.attributes().is("reboot-needed", "true");
        }
      }
    }

    void needReboot() {
      reboot = true;
    }

    Actuators build() {
      return new Actuators(services, reboot);
    }
  }
}

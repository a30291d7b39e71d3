package emblema.publisher.master.service;

import emblema.core.io.Disk;
import emblema.core.tree.TreeIndex;
import emblema.publisher.depend.FileNeeds;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.rule.PathGlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which services machines restart or refresh when an object changes: those whose programs load it,
 * those that read it, those that are defined by it, and those that keep indexes over it.
 */
public final class ServiceActuators {
  private static final String RESTART = "restart_fmri";
  private static final String REFRESH = "refresh_fmri";

  /** What makes systemd read unit files again. */
  static final String RELOAD = "systemd:daemon-reload";

  static final String IMPORT = "svc:/system/manifest-import:default";

  /** Data, and the services that build indexes over it. */
  private static final Map<String, List<String>> INDEXED =
      Map.of(
          "usr/share/man/**",
              List.of("svc:/application/man-index:default", "systemd:man-db.service"),
          "usr/share/icons/**", List.of("svc:/application/desktop-cache/icon-cache:default"),
          "usr/share/mime/**", List.of("svc:/application/desktop-cache/mime-types-cache:default"),
          "usr/share/applications/**",
              List.of("svc:/application/desktop-cache/desktop-mime-cache:default"),
          "usr/share/fonts/**", List.of("svc:/application/font/fc-cache:default"));

  private final Map<String, Set<String>> restarts = new HashMap<>();
  private final List<Service> services = new ArrayList<>();
  private final Map<PathGlob, String> indexes = new HashMap<>();

  private ServiceActuators() {}

  /** An actuator. */
  public record Actuator(String attribute, String service) implements Comparable<Actuator> {
    @Override
    public int compareTo(Actuator other) {
      return java.util.Comparator.comparing(Actuator::attribute)
          .thenComparing(Actuator::service)
          .compare(this, other);
    }

    @Override
    public String toString() {
      return attribute + " " + service;
    }
  }

  /** Nothing is restarted. */
  public static final ServiceActuators NONE = new ServiceActuators();

  /** Reads the services of a tree. */
  public static ServiceActuators of(Disk disk, TreeIndex tree, FileNeeds needs, Findings findings) {
    ServiceActuators actuators = new ServiceActuators();
    actuators.services.addAll(new SystemdUnits(disk, tree).read());
    actuators.services.addAll(new SmfManifests(disk, tree, findings).read());
    Set<String> names = new HashSet<>();
    for (Service service : actuators.services) {
      names.add(service.name());
      if (service.runs()) {
        for (String path : needs.closure(service.programs())) {
          actuators.restarts.computeIfAbsent(path, key -> new TreeSet<>()).add(service.name());
        }
      }
    }
    INDEXED.forEach(
        (glob, candidates) ->
            candidates.stream()
                .filter(names::contains)
                .findFirst()
                .ifPresent(name -> actuators.indexes.put(PathGlob.of(glob), name)));
    return actuators;
  }

  /** What a change of the object at the path asks for, sorted. */
  public Set<Actuator> of(String path) {
    Set<Actuator> found = new TreeSet<>();
    restarts.getOrDefault(path, Set.of()).forEach(each -> found.add(new Actuator(RESTART, each)));
    for (Service service : services) {
      if (service.runs() && service.reads(path)) {
        found.add(new Actuator(REFRESH, service.name()));
      }
    }
    indexes.forEach(
        (glob, service) -> {
          if (glob.matches(path)) {
            found.add(new Actuator(RESTART, service));
          }
        });
    if (SystemdUnits.isUnit(path)) {
      found.add(new Actuator(REFRESH, RELOAD));
    }
    if (SmfManifests.isManifest(path)) {
      found.add(new Actuator(RESTART, IMPORT));
    }
    return found;
  }
}

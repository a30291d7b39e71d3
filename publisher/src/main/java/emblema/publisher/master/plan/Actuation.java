package emblema.publisher.master.plan;

import emblema.core.attribute.Attributes;
import emblema.core.tree.TreeChange;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.service.ServiceActuators;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Actuators of objects that changed, and of those that had one before and still deserve it: a
 * machine that skips releases must see them too. What needs a reboot gets none.
 */
final class Actuation {
  private static final int SHOWN = 3;

  private final ServiceActuators services;
  private final Ledger ledger;
  private final Choices.Actuators choice;
  private final Set<String> changed = new HashSet<>();
  private final Map<ServiceActuators.Actuator, Set<String>> suggested = new TreeMap<>();

  Actuation(
      ServiceActuators services,
      Ledger ledger,
      List<TreeChange> changes,
      Choices.Actuators choice) {
    this.services = services;
    this.ledger = ledger;
    this.choice = choice;
    if (!ledger.isEmpty()) {
      changes.stream()
          .filter(change -> change.matters() && change.after() != null)
          .forEach(change -> changed.add(change.path()));
    }
  }

  void add(String path, Attributes.Builder attributes) {
    if (choice != Choices.Actuators.EMIT) {
      return;
    }
    for (ServiceActuators.Actuator each : services.of(path)) {
      if (changed.contains(path)
          || ledger.sticky(path, each.attribute()).contains(each.service())) {
        attributes.add(each.attribute(), each.service());
      }
    }
  }

  /**
   * @param reboots what a new boot environment is made for anyway
   */
  void suggest(Predicate<String> reboots, Findings findings) {
    if (choice != Choices.Actuators.SUGGEST) {
      return;
    }
    for (String path : changed) {
      if (!reboots.test(path)) {
        services
            .of(path)
            .forEach(each -> suggested.computeIfAbsent(each, key -> new TreeSet<>()).add(path));
      }
    }
    suggested.forEach(
        (actuator, paths) ->
            findings.suggest(
                "--actuators=emit   # "
                    + actuator
                    + " for "
                    + String.join(", ", paths.stream().limit(SHOWN).toList())
                    + (paths.size() > SHOWN ? " and " + (paths.size() - SHOWN) + " more" : "")));
  }
}

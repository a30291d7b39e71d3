package emblema.image.plan;

import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plan without new versions: objects are put as their packages have them (spec 9.6 and 12). */
final class Repairing {
  private Repairing() {}

  /**
   * @param removals of what nobody delivers, done first
   */
  static Plan plan(PlanInput input, List<Repair> repairs, List<? extends Step> removals) {
    Actuators.Builder actuators = new Actuators.Builder();
    Installations installations = new Installations();
    Set<Fmri> affected = new TreeSet<>();
    KeyTable rewritten = new KeyTable();
    removals.forEach(step -> affected.add(step.owner()));
    for (Repair repair : repairs) {
      affected.add(repair.owner());
      actuators.add(repair.action(), repair.action());
      installations.add(arrival(repair));
      if (repair.action() instanceof FileAction) {
        rewritten.add(Keys.of(repair.action()));
      }
    }
    if (rewritten.size() > 0) {
      links(input, rewritten)
          .forEach(each -> installations.add(arrival(new Repair(each.owner(), each.action()))));
    }
    List<Step> steps = new ArrayList<>(removals);
    steps.addAll(installations.steps());
    return new Plan(
        List.of(),
        List.copyOf(affected),
        Steps.of(steps),
        installations.salvage(),
        actuators.build(),
        List.of(),
        Needs.of(steps),
        new TreeMap<>(input.mediators()),
        Set.of(),
        input.image().avoided(),
        List.of());
  }

  /** Without a "before", what is on disk is looked at instead of believed. */
  private static Arrival arrival(Repair repair) {
    return new Arrival(repair.owner(), Transition.REPAIR, null, repair.action(), null);
  }

  /** Hard links to files that get a new inode, of any package. */
  private static List<Delivery> links(PlanInput input, KeyTable rewritten) {
    FutureImage image =
        new FutureImage(
            input.packages(),
            input.image().varcets(),
            List.copyOf(input.image().installed().values()),
            new FutureImage.Touched(new KeyTable(), new KeyTable(), new KeyTable(), rewritten));
    return image.hardLinks().stream()
        .filter(each -> each.action() instanceof HardLinkAction link && !Pool.isMediated(link))
        .toList();
  }
}

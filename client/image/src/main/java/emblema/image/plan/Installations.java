package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionOrder;
import emblema.core.action.ActionType;
import emblema.core.action.DirectoryAction;
import emblema.core.action.DriverAction;
import emblema.core.action.FileAction;
import emblema.core.action.GroupAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LegacyAction;
import emblema.core.action.LicenseAction;
import emblema.core.action.LinkAction;
import emblema.core.action.UserAction;
import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The installation and update steps in their order (spec planner-solver 11.1): installations by
 * type, salvaged content recovered as soon as all new directories exist, then updates by type.
 */
final class Installations {
  private final List<Arrival> installs = new ArrayList<>();
  private final List<Arrival> updates = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Salvage.Claim> claims = new ArrayList<>();

  void add(Arrival arrival) {
    Action after = arrival.after();
    ActionType type = after.type();
    boolean shared =
        type == ActionType.DIR || type == ActionType.LINK || type == ActionType.HARDLINK;
    if (shared && !seen.add(Keys.clean(after.key()))) {
      return;
    }
    boolean salvages =
        after instanceof DirectoryAction directory && !directory.salvageFrom().isEmpty();
    (arrival.isUpdate() && !salvages ? updates : installs).add(arrival);
    if (after instanceof DirectoryAction directory) {
      for (String from : directory.salvageFrom()) {
        claims.add(
            new Salvage.Claim(
                Paths.of(arrival.owner(), from), Paths.of(arrival.owner(), directory)));
      }
    }
  }

  Salvage salvage() {
    return new Salvage(claims);
  }

  /** Directories that receive salvaged content and must not do so in the running system. */
  List<Arrival> rebootingReceivers() {
    return installs.stream()
        .filter(
            arrival ->
                arrival.after() instanceof DirectoryAction directory
                    && !directory.salvageFrom().isEmpty()
                    && directory.attributes().is("reboot-needed", "true"))
        .toList();
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>(installs.size() + updates.size());
    sort(installs);
    sort(updates);
    int next = 0;
    for (; next < installs.size(); next++) {
      if (installs.get(next).after().type().compareTo(ActionType.DIR) > 0) {
        break;
      }
      add(steps, installs.get(next));
    }
    for (Arrival arrival : installs.subList(0, next)) {
      recover(steps, arrival);
    }
    for (Arrival arrival : installs.subList(next, installs.size())) {
      add(steps, arrival);
    }
    updates.forEach(arrival -> add(steps, arrival));
    return steps;
  }

  private static void sort(List<Arrival> arrivals) {
    List<HardLinkAction> links = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      if (arrival.after() instanceof HardLinkAction link) {
        links.add(link);
      }
    }
    Map<String, Integer> depths = HardLinks.depths(links);
    arrivals.sort(
        Comparator.comparing((Arrival arrival) -> arrival.after().type())
            .thenComparing(
                arrival ->
                    arrival.after() instanceof HardLinkAction
                        ? depths.getOrDefault(Keys.clean(arrival.after().key()), 0)
                        : 0)
            .thenComparing(Arrival::after, ActionOrder.INSTALL));
  }

  private void recover(List<Step> steps, Arrival arrival) {
    if (arrival.after() instanceof DirectoryAction directory) {
      SafePath into = Paths.of(arrival.owner(), directory);
      for (String from : directory.salvageFrom()) {
        steps.add(new Step.Recover(arrival.owner(), Paths.of(arrival.owner(), from), into));
      }
    }
  }

  private static void add(List<Step> steps, Arrival arrival) {
    var owner = arrival.owner();
    Action before = arrival.before();
    switch (arrival.after()) {
      case GroupAction group ->
          steps.add(new Step.PutGroup(owner, as(GroupAction.class, before), group));
      case UserAction user ->
          steps.add(new Step.PutUser(owner, as(UserAction.class, before), user));
      case DirectoryAction directory ->
          steps.add(new Step.PutDirectory(owner, as(DirectoryAction.class, before), directory));
      case FileAction file ->
          steps.add(
              new Step.PutFile(
                  owner,
                  as(FileAction.class, before),
                  file,
                  arrival.transition(),
                  arrival.setAside()));
      case HardLinkAction link ->
          steps.add(new Step.PutHardLink(owner, as(HardLinkAction.class, before), link));
      case LinkAction link ->
          steps.add(new Step.PutLink(owner, as(LinkAction.class, before), link));
      case DriverAction driver ->
          steps.add(new Step.PutDriver(owner, as(DriverAction.class, before), driver));
      case LicenseAction license -> steps.add(new Step.PutLicense(owner, license));
      case LegacyAction legacy -> steps.add(new Step.PutLegacy(owner, legacy));
      default -> {}
    }
  }

  private static <A extends Action> @Nullable A as(Class<A> type, @Nullable Action action) {
    return type.isInstance(action) ? type.cast(action) : null;
  }
}

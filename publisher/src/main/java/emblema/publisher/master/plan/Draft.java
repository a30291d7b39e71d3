package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.io.OsNames;
import emblema.core.manifest.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A package while it is put together: objects of the tree by position, and actions made for it. */
final class Draft {
  private static final Comparator<Action> ORDER =
      Comparator.<Action, ActionType>comparing(Action::type)
          .thenComparing(Action::key, OsNames::compare);

  private final String stem;
  private final List<Integer> positions;
  private final List<Action> extra = new ArrayList<>();

  Draft(String stem, List<Integer> positions) {
    this.stem = stem;
    this.positions = positions;
  }

  String stem() {
    return stem;
  }

  List<Integer> positions() {
    return positions;
  }

  void add(Action action) {
    extra.add(action);
  }

  /** Whether anything but metadata and dependencies would be in it. */
  boolean isEmpty() {
    return positions.isEmpty()
        && extra.stream().allMatch(action -> action.type() == ActionType.DEPEND);
  }

  /** Metadata first, then dependencies and everything else by type and key. */
  Manifest manifest(List<Action> header, ActionMaker maker, Transforms transforms) {
    List<Action> body = new ArrayList<>(positions.size() + extra.size());
    for (int position : positions) {
      body.add(maker.make(position));
    }
    body.addAll(extra);
    body.sort(ORDER);
    List<Action> all = new ArrayList<>(header.size() + body.size());
    all.addAll(header);
    all.addAll(body);
    return new Manifest(transforms.apply(stem, all));
  }

  static Action set(String name, String... values) {
    Attributes.Builder attributes = Attributes.builder().add("name", name);
    for (String value : values) {
      attributes.add("value", value);
    }
    return Action.of(ActionType.SET, null, attributes.build());
  }

  static Action depend(String type, String fmri) {
    return Action.of(ActionType.DEPEND, null, Attributes.of("type", type, "fmri", fmri));
  }
}

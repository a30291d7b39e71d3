package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.publisher.master.rule.Transform;
import java.util.List;
import java.util.Optional;

/**
 * Applies the transforms of rule files to each action, in order.
 *
 * @param transforms in the order of the files
 */
record Transformer(List<Transform> transforms) {
  Transformer {
    transforms = List.copyOf(transforms);
  }

  Optional<Action> apply(Action action) {
    Optional<Action> result = Optional.of(action);
    for (Transform transform : transforms) {
      result = result.flatMap(transform::apply);
    }
    return result;
  }
}

package emblema.image.plan;

import java.util.AbstractList;
import java.util.List;

/** The steps of a plan in order. */
public final class Steps extends AbstractList<Step> {
  public static final Steps NONE = new Steps(List.of());

  private final List<Step> steps;

  private Steps(List<Step> steps) {
    this.steps = steps;
  }

  public static Steps of(List<? extends Step> steps) {
    return new Steps(List.copyOf(steps));
  }

  @Override
  public Step get(int index) {
    return steps.get(index);
  }

  @Override
  public int size() {
    return steps.size();
  }
}

package emblema.depot.operation;

import java.util.List;
import java.util.Set;

/** An operation without the versions that are switched off. */
record EnabledOperation(Operation whole, Set<String> disabled) implements Operation {
  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public List<Integer> versions() {
    return disabled.contains(name())
        ? List.of()
        : whole.versions().stream()
            .filter(version -> !disabled.contains(name() + "/" + version))
            .toList();
  }

  @Override
  public Access access() {
    return whole.access();
  }

  @Override
  public boolean publishes(Call call) {
    return whole.publishes(call);
  }

  @Override
  public Response answer(Call call) {
    return whole.answer(call);
  }
}

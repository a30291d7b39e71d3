package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.fmri.Fmri;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The actions of one package in the order of its text. Read with {@link ManifestReader}, written
 * with {@link ManifestWriter}.
 */
public record Manifest(List<Action> actions) {
  public static final Manifest EMPTY = new Manifest(List.of());

  public Manifest {
    actions = List.copyOf(actions);
  }

  /** The package, from {@code set name=pkg.fmri} (or {@code fmri}). */
  public Optional<Fmri> fmri() {
    return value("pkg.fmri").or(() -> value("fmri")).map(Fmri::parse);
  }

  /** The actions of one record type, in order. */
  public <A extends Action> Stream<A> actions(Class<A> type) {
    return actions.stream().filter(type::isInstance).map(type::cast);
  }

  /** The first value of the named {@code set} action. */
  public Optional<String> value(String setName) {
    for (Action action : actions) {
      if (action instanceof SetAction set && set.name().equals(setName)) {
        return Optional.of(set.value());
      }
    }
    return Optional.empty();
  }

  /** All values of the named {@code set} actions. */
  public List<String> values(String setName) {
    return actions(SetAction.class)
        .filter(set -> set.name().equals(setName))
        .flatMap(set -> set.values().stream())
        .toList();
  }

  public Stream<DependAction> dependencies() {
    return actions(DependAction.class);
  }

  public boolean isObsolete() {
    return value("pkg.obsolete").filter("true"::equals).isPresent();
  }

  public boolean isRenamed() {
    return value("pkg.renamed").filter("true"::equals).isPresent();
  }
}

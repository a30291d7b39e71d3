package emblema.core.action;

import emblema.core.attribute.Attributes;
import java.util.List;
import java.util.Optional;

/** A dependency on other packages (spec manifest, section 13). */
public record DependAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.DEPEND;
  }

  /** The text of the {@code type} attribute, for example {@code require}. */
  public String dependencyType() {
    return attributes.get("type", "");
  }

  /** The type, if it is one of those that have a meaning. */
  public Optional<DependencyType> kind() {
    return DependencyType.ofWord(dependencyType());
  }

  /** The FMRI whose presence makes a {@code conditional} dependency count. */
  public Optional<String> predicate() {
    return attributes.first("predicate");
  }

  /** Whether an {@code origin} dependency looks at the running system instead of the image. */
  public boolean isOnRootImage() {
    return attributes.get("root-image", "").equalsIgnoreCase("true");
  }

  /** What is depended on; several only for {@code require-any} and {@code group-any}. */
  public List<String> fmris() {
    return attributes.all("fmri");
  }
}

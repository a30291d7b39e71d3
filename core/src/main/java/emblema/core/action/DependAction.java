package emblema.core.action;

import emblema.core.attribute.Attributes;
import java.util.List;

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

  /** What is depended on; several only for {@code require-any} and {@code group-any}. */
  public List<String> fmris() {
    return attributes.all("fmri");
  }
}

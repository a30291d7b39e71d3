package emblema.core.action;

import emblema.core.attribute.Attributes;
import java.util.List;

/** Package metadata: a name and its values. */
public record SetAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.SET;
  }

  public String name() {
    return attributes.get("name", "");
  }

  public List<String> values() {
    return attributes.all("value");
  }

  /** The first value, or empty text. */
  public String value() {
    return attributes.get("value", "");
  }
}

package emblema.core.action;

import emblema.core.attribute.Attributes;

/** A user account. */
public record UserAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.USER;
  }

  public String userName() {
    return attributes.get("username", "");
  }
}

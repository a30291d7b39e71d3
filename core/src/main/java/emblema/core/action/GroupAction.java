package emblema.core.action;

import emblema.core.attribute.Attributes;

/** A group account. */
public record GroupAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.GROUP;
  }

  public String groupName() {
    return attributes.get("groupname", "");
  }
}

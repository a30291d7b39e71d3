package emblema.core.action;

import emblema.core.attribute.Attributes;

/** A symbolic link. */
public record LinkAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.LINK;
  }

  public String path() {
    return attributes.get("path", "");
  }

  public String target() {
    return attributes.get("target", "");
  }
}

package emblema.core.action;

import emblema.core.attribute.Attributes;

/** A hard link; its target is relative to the directory of the link. */
public record HardLinkAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.HARDLINK;
  }

  public String path() {
    return attributes.get("path", "");
  }

  public String target() {
    return attributes.get("target", "");
  }
}

package emblema.core.action;

import emblema.core.attribute.Attributes;

/** A device driver (illumos). */
public record DriverAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.DRIVER;
  }

  public String name() {
    return attributes.get("name", "");
  }
}

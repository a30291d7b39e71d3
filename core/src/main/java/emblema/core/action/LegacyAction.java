package emblema.core.action;

import emblema.core.attribute.Attributes;

/** SVR4 package information. */
public record LegacyAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.LEGACY;
  }
}

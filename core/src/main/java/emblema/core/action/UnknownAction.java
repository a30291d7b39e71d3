package emblema.core.action;

import emblema.core.attribute.Attributes;

/** The {@code unknown} type: kept, never published, ignored at installation. */
public record UnknownAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.UNKNOWN;
  }
}

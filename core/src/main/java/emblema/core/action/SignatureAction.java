package emblema.core.action;

import emblema.core.attribute.Attributes;
import org.jspecify.annotations.Nullable;

/** A signature over the manifest (spec signing). */
public record SignatureAction(@Nullable String payload, Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.SIGNATURE;
  }
}

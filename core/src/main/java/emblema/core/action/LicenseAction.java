package emblema.core.action;

import emblema.core.attribute.Attributes;
import org.jspecify.annotations.Nullable;

/** A licence text. */
public record LicenseAction(@Nullable String payload, Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.LICENSE;
  }

  public String license() {
    return attributes.get("license", "");
  }
}

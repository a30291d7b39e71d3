package emblema.core.action;

import emblema.core.attribute.Attributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a manifest: a type, an optional payload, attributes (spec manifest, sections 2-4, 7).
 * Parse with {@link ActionReader}, write with {@link ActionWriter}. A known type is one record that
 * wraps its attributes and reads the ones it knows; what it does not know stays in {@link
 * #attributes} untouched.
 */
public sealed interface Action
    permits SetAction,
        DependAction,
        GroupAction,
        UserAction,
        DirectoryAction,
        FileAction,
        HardLinkAction,
        LinkAction,
        DriverAction,
        UnknownAction,
        LicenseAction,
        LegacyAction,
        SignatureAction {

  /** Makes the right record. Construction rules of spec manifest, section 3, are checked. */
  static Action of(ActionType type, @Nullable String payload, Attributes attributes) {
    return ActionRules.make(
        type, payload, attributes, () -> ActionRules.describe(type, payload, attributes));
  }

  ActionType type();

  /** All attributes as the manifest has them, without the payload. */
  Attributes attributes();

  /**
   * The hash or source path of the payload; null if there is none, {@code NOHASH} if not yet known.
   */
  default @Nullable String payload() {
    return null;
  }

  /** The value of the type's key attribute; empty text for types without one. */
  default String key() {
    String name = type().keyAttribute();
    return name == null ? "" : attributes().get(name, "");
  }

  /** The path relative to the image root, for types that live in the name space of paths. */
  default Optional<String> pathIfAny() {
    return type().isInPathSpace() ? attributes().first("path") : Optional.empty();
  }

  /** The same action with other attributes. */
  default Action withAttributes(Attributes attributes) {
    return of(type(), payload(), attributes);
  }

  /** The same action with another payload. */
  default Action withPayload(@Nullable String payload) {
    return of(type(), payload, attributes());
  }
}

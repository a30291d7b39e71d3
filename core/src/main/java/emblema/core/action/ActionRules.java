package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is checked and completed when an action is made (spec manifest, section 3). */
final class ActionRules {
  static final String NO_HASH = "NOHASH";

  private ActionRules() {}

  /**
   * @param text the action as errors show it
   */
  static Action make(
      ActionType type, @Nullable String payload, Attributes attributes, Supplier<String> text) {
    if (attributes.has("data")) {
      throw new MalformedException("invalid key: 'data'");
    }
    String name = payload;
    Attributes rest = attributes;
    if (attributes.has("hash")) {
      name = payloadOf(attributes, payload, text);
      rest = attributes.without("hash");
    }
    if (name != null && !type.hasPayload()) {
      throw invalid(text, "action type doesn't allow payload");
    }
    Attributes complete = completed(type, rest, text);
    checkKey(type, complete, text);
    return switch (type) {
      case SET -> new SetAction(complete);
      case DEPEND -> new DependAction(complete);
      case GROUP -> new GroupAction(complete);
      case USER -> new UserAction(complete);
      case DIR -> new DirectoryAction(complete);
      case FILE -> new FileAction(name == null ? NO_HASH : name, complete);
      case HARDLINK -> new HardLinkAction(complete);
      case LINK -> new LinkAction(complete);
      case DRIVER -> new DriverAction(complete);
      case UNKNOWN -> new UnknownAction(complete);
      case LICENSE -> new LicenseAction(name == null ? NO_HASH : name, complete);
      case LEGACY -> new LegacyAction(complete);
      case SIGNATURE -> new SignatureAction(name, complete);
    };
  }

  /** An action that may be wrong, as text for an error. */
  static String describe(ActionType type, @Nullable String payload, Attributes attributes) {
    String start = payload == null ? type.word() : type.word() + " " + payload;
    return attributes.isEmpty() ? start : start + " " + attributes;
  }

  static MalformedException invalid(Supplier<String> text, String reason) {
    return new MalformedException("invalid action, '" + text.get() + "': " + reason);
  }

  private static String payloadOf(
      Attributes attributes, @Nullable String payload, Supplier<String> text) {
    String hash = attributes.get("hash", "");
    if (!attributes.is("hash", hash)) {
      throw invalid(text, "hash attribute may only be specified once");
    }
    if (payload != null && !payload.equals(hash)) {
      throw invalid(text, "hash attribute not identical to positional hash");
    }
    return hash;
  }

  private static Attributes completed(
      ActionType type, Attributes attributes, Supplier<String> text) {
    return switch (type) {
      case SET -> withNameAndValue(attributes, text);
      case SIGNATURE -> withSignatureDefaults(attributes, text);
      case DRIVER -> withDriverName(attributes);
      case DIR, FILE, HARDLINK, LINK -> withRelativePath(attributes, text);
      default -> attributes;
    };
  }

  /** {@code set pkg.summary=foo} is short for {@code set name=pkg.summary value=foo}. */
  private static Attributes withNameAndValue(Attributes attributes, Supplier<String> text) {
    if (attributes.has("name") && attributes.has("value")) {
      return attributes;
    }
    Set<String> names = attributes.names();
    if (names.size() != 1) {
      throw invalid(text, "Missing \"name\" or \"value\" attribute");
    }
    String name = names.iterator().next();
    Attributes.Builder builder = Attributes.builder().add("name", name);
    attributes.all(name).forEach(value -> builder.add("value", value));
    return builder.build();
  }

  private static Attributes withSignatureDefaults(Attributes attributes, Supplier<String> text) {
    if (!attributes.has("algorithm")) {
      throw invalid(text, "Missing algorithm attribute");
    }
    Attributes complete = attributes.has("value") ? attributes : attributes.with("value", "");
    return complete.has("version") ? complete : complete.with("version", "0");
  }

  /** Old manifests write three words where four, beginning with the driver's name, are meant. */
  private static Attributes withDriverName(Attributes attributes) {
    List<String> permissions = attributes.all("clone_perms");
    if (permissions.stream().noneMatch(ActionRules::isThreeWords)) {
      return attributes;
    }
    String prefix = attributes.get("name", "") + " ";
    return attributes.with(
        "clone_perms",
        permissions.stream()
            .map(value -> isThreeWords(value) ? prefix + value : value)
            .toArray(String[]::new));
  }

  private static boolean isThreeWords(String value) {
    return value.strip().split("\\s+", -1).length == 3;
  }

  private static Attributes withRelativePath(Attributes attributes, Supplier<String> text) {
    String path = attributes.get("path", "-");
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    if (start == path.length()) {
      throw invalid(text, "Empty or invalid path attribute");
    }
    return start > 0 && attributes.is("path", path)
        ? attributes.with("path", path.substring(start))
        : attributes;
  }

  private static void checkKey(ActionType type, Attributes attributes, Supplier<String> text) {
    String key = type.keyAttribute();
    if (key == null) {
      return;
    }
    int count = attributes.count(key);
    if (count == 0) {
      throw invalid(text, "no value specified for key attribute '" + key + "'");
    }
    if (count > 1 && !(type == ActionType.DEPEND && attributes.has("type"))) {
      throw invalid(text, key + " attribute may only be specified once");
    }
  }
}

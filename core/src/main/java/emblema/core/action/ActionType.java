package emblema.core.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of each action type, one row a type (spec manifest, section 7.1). The order of the
 * constants is the install order. Nothing else in the project switches on type names as text.
 */
public enum ActionType {
  SET("set", "name", false, false, false, false),
  DEPEND("depend", "fmri", false, false, false, false),
  GROUP("group", "groupname", false, true, false, false),
  USER("user", "username", false, true, false, false),
  DIR("dir", "path", false, true, true, true),
  FILE("file", "path", true, true, false, true),
  HARDLINK("hardlink", "path", false, true, true, true),
  LINK("link", "path", false, true, true, true),
  DRIVER("driver", "name", false, true, false, false),
  UNKNOWN("unknown", null, false, false, false, false),
  LICENSE("license", "license", true, true, true, false),
  LEGACY("legacy", "pkg", false, true, true, false),
  SIGNATURE("signature", "value", true, false, false, false);

  private static final Map<String, ActionType> BY_WORD = new HashMap<>();

  static {
    for (ActionType type : values()) {
      BY_WORD.put(type.word, type);
    }
  }

  private final String word;
  private final @Nullable String keyAttribute;
  private final boolean hasPayload;
  private final boolean globallyIdentical;
  private final boolean referenceCounted;
  private final boolean inPathSpace;

  ActionType(
      String word,
      @Nullable String keyAttribute,
      boolean hasPayload,
      boolean globallyIdentical,
      boolean referenceCounted,
      boolean inPathSpace) {
    this.word = word;
    this.keyAttribute = keyAttribute;
    this.hasPayload = hasPayload;
    this.globallyIdentical = globallyIdentical;
    this.referenceCounted = referenceCounted;
    this.inPathSpace = inPathSpace;
  }

  /** The type whose manifest lines begin with the given word. */
  public static Optional<ActionType> ofWord(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** The word a manifest line begins with. */
  public String word() {
    return word;
  }

  public @Nullable String keyAttribute() {
    return keyAttribute;
  }

  public boolean hasPayload() {
    return hasPayload;
  }

  /** Whether the same key in two packages must agree. */
  public boolean isGloballyIdentical() {
    return globallyIdentical;
  }

  /** Whether several packages may deliver it. */
  public boolean isReferenceCounted() {
    return referenceCounted;
  }

  /** Whether it lives in the name space of paths, shared by dir, file, hardlink and link. */
  public boolean isInPathSpace() {
    return inPathSpace;
  }

  /** Attributes that must agree when several packages deliver it (spec manifest, 7.1). */
  public List<String> mustAgree() {
    return switch (this) {
      case DIR -> List.of("path", "mode", "owner", "group");
      case FILE -> List.of("path", "mode", "owner", "group", "preserve", "sysattr");
      case HARDLINK, LINK -> List.of("path", "target");
      case LICENSE -> List.of("license");
      case LEGACY ->
          List.of(
              "category",
              "desc",
              "hotline",
              "name",
              "pkg",
              "vendor",
              "version",
              "basedir",
              "pkginst",
              "pstamp",
              "sunw_prodvers");
      case SET, DEPEND, GROUP, USER, DRIVER, UNKNOWN, SIGNATURE -> List.of();
    };
  }
}

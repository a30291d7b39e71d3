package emblema.core.action;

import java.util.List;

/**
 * Which attributes of a type must be single, numeric or present at publication (spec manifest,
 * section 8).
 */
record AttributeRules(List<String> single, List<String> numeric, List<String> required) {
  private static final AttributeRules NONE = new AttributeRules(List.of(), List.of(), List.of());

  private static final AttributeRules FILE =
      new AttributeRules(
          List.of(
              "chash",
              "preserve",
              "overlay",
              "elfarch",
              "elfbits",
              "elfhash",
              "original_name",
              "preserve-version"),
          List.of("pkg.size", "pkg.csize"),
          List.of("owner", "group"));

  private static final AttributeRules DIRECTORY =
      new AttributeRules(List.of(), List.of(), List.of("owner", "group"));

  private static final AttributeRules LINK =
      new AttributeRules(
          List.of(
              "target",
              "mediator",
              "mediator-version",
              "mediator-implementation",
              "mediator-priority"),
          List.of(),
          List.of("target"));

  private static final AttributeRules DEPEND =
      new AttributeRules(
          List.of("predicate", "root-image", "ignore-check", "type"),
          List.of(),
          List.of("type", "fmri"));

  private static final AttributeRules USER =
      new AttributeRules(
          List.of(
              "password",
              "uid",
              "group",
              "gcos-field",
              "home-dir",
              "login-shell",
              "ftpuser",
              "lastchg",
              "min",
              "max",
              "warn",
              "inactive",
              "expire",
              "flag"),
          List.of("uid", "lastchg", "min", "max", "warn", "inactive", "expire", "flag"),
          List.of("group"));

  private static final AttributeRules GROUP =
      new AttributeRules(List.of("gid"), List.of("gid"), List.of());

  private static final AttributeRules LICENSE =
      new AttributeRules(
          List.of("chash", "must-accept", "must-display"),
          List.of("pkg.size", "pkg.csize"),
          List.of());

  private static final AttributeRules LEGACY =
      new AttributeRules(
          List.of("category", "desc", "hotline", "name", "vendor", "version"),
          List.of(),
          List.of());

  private static final AttributeRules SIGNATURE =
      new AttributeRules(List.of("algorithm", "chash", "value"), List.of(), List.of("value"));

  static AttributeRules of(ActionType type) {
    return switch (type) {
      case FILE -> FILE;
      case DIR -> DIRECTORY;
      case LINK, HARDLINK -> LINK;
      case DEPEND -> DEPEND;
      case USER -> USER;
      case GROUP -> GROUP;
      case LICENSE -> LICENSE;
      case LEGACY -> LEGACY;
      case SIGNATURE -> SIGNATURE;
      case SET, DRIVER, UNKNOWN -> NONE;
    };
  }
}

package emblema.core.action;

import emblema.core.attribute.Attributes;
import java.util.Random;

/** Actions with the values that trouble the manifest format. */
public final class RandomActions {
  private static final String[] PIECES = {
    "a",
    "b",
    "path",
    "0644",
    "/",
    "=",
    " ",
    "'",
    "\"",
    "\\",
    "\t",
    "#",
    "$(",
    ")",
    ":",
    "é",
    "\uff5e",
    "\ud83d\ude00",
    "\u00a0",
    "{",
    "0",
    "file:sha512t_256:",
    "gzip:sha256:"
  };
  private static final String[] NAMES = {
    "mode",
    "owner",
    "group",
    "value",
    "target",
    "type",
    "pkg.size",
    "variant.arch",
    "facet.doc",
    "chash",
    "pkg.content-hash",
    "x",
    "Z",
    "\uff5e",
    "\ud83d\ude00",
    "hasg",
    "hasi"
  };

  private final Random random;

  public RandomActions(Random random) {
    this.random = random;
  }

  public Action next() {
    ActionType type = ActionType.values()[random.nextInt(ActionType.values().length)];
    Attributes.Builder builder = Attributes.builder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String name = NAMES[random.nextInt(NAMES.length)];
      if (!name.equals(type.keyAttribute())) {
        builder.add(name, value());
      }
    }
    switch (type) {
      case SET -> builder.add("name", "n" + value()).add("value", value());
      case SIGNATURE -> builder.add("algorithm", value()).add("value", value()).add("version", "1");
      case UNKNOWN -> {}
      default -> builder.add(type.keyAttribute() + "", "k" + value());
    }
    String payload = type.hasPayload() && random.nextBoolean() ? "p" + value() : null;
    return Action.of(type, payload, builder.build());
  }

  public String value() {
    if (random.nextInt(5) == 0) {
      return hex(random.nextInt(80));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return random.nextInt(8) == 0 ? text + hex(64) : text.toString();
  }

  private String hex(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }
}

package emblema.image.cli;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import java.util.List;

/** Attributes of actions as {@code contents} names them, the made-up ones included. */
final class ActionColumn {
  private static final List<String> ACTION =
      List.of("action.hash", "action.key", "action.name", "action.raw");

  private ActionColumn() {}

  static void check(String name) {
    if (name.startsWith("action.") && !ACTION.contains(name)) {
      throw new UsageException(
          "unknown attribute '" + name + "'", "known: " + String.join(", ", ACTION));
    }
  }

  /** All values; empty if the action has no such attribute. */
  static List<String> values(String name, Action action, Fmri owner) {
    return switch (name) {
      case "action.hash" -> {
        String payload = action.payload();
        yield payload == null ? List.of() : List.of(payload);
      }
      case "action.key" -> action.key().isEmpty() ? List.of() : List.of(action.key());
      case "action.name" -> List.of(action.type().word());
      case "action.raw" -> List.of(ActionWriter.write(action));
      case "pkg.fmri" -> List.of(owner.toString());
      case "pkg.name" -> List.of(owner.stem());
      case "pkg.publisher" -> List.of(owner.publisherIfAny().orElse(""));
      case "pkg.shortfmri" ->
          List.of(
              "pkg://"
                  + owner.publisherIfAny().orElse("")
                  + "/"
                  + owner.stem()
                  + "@"
                  + owner.requireVersion().toShortString());
      default -> action.attributes().all(name);
    };
  }

  /** Whether the value comes from the action itself, so that a row with it says something. */
  static boolean isOwn(String name) {
    return !name.startsWith("pkg.") || name.equals("pkg.size") || name.equals("pkg.csize");
  }
}

package emblema.publisher.send;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.UsageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An action as words of a command line, which the shell has parted already. */
public final class TypedAction {
  private TypedAction() {}

  /** {@code file PAYLOAD path=… mode=…}; usage error if the words make no action. */
  public static Action read(List<String> words) {
    String word = words.getFirst();
    ActionType type =
        ActionType.ofWord(word)
            .orElseThrow(() -> new UsageException("unknown action type '" + word + "'"));
    @Nullable String payload = null;
    Attributes.Builder attributes = Attributes.builder();
    for (String pair : words.subList(1, words.size())) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        attributes.add(pair.substring(0, equals), pair.substring(equals + 1));
      } else if (equals < 0 && payload == null && attributes.isEmpty() && type.hasPayload()) {
        payload = pair;
      } else {
        throw new UsageException("'" + pair + "' is not an attribute", "write 'name=value'");
      }
    }
    return Action.of(type, payload, attributes.build());
  }
}

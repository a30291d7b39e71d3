package emblema.publisher.transform;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action while transforms work on it. Nothing is checked before all of them are through: one
 * rule may take a path away that the next one sets.
 *
 * @param type null for the package itself
 * @param payload as in a manifest; null where there is none
 */
public record Draft(@Nullable ActionType type, @Nullable String payload, Attributes attributes) {
  private static final String PACKAGE = "pkg";

  static Draft of(Action action) {
    return new Draft(action.type(), action.payload(), action.attributes());
  }

  /** The synthetic action whose attributes are the metadata of a package. */
  static Draft ofPackage(Map<String, List<String>> metadata) {
    Attributes.Builder attributes = Attributes.builder();
    metadata.forEach((name, values) -> values.forEach(value -> attributes.add(name, value)));
    return new Draft(null, null, attributes.build());
  }

  boolean isPackage() {
    return type == null;
  }

  String word() {
    return type == null ? PACKAGE : type.word();
  }

  Draft with(Attributes changed) {
    return changed.equals(attributes) ? this : new Draft(type, payload, changed);
  }

  /** The same with another payload, if its type has one. */
  Draft withPayload(String token) {
    return type != null && type.hasPayload() ? new Draft(type, token, attributes) : this;
  }

  /** The value of the key attribute. */
  Optional<String> key() {
    String name = type == null ? null : type.keyAttribute();
    return name == null ? Optional.empty() : attributes.first(name);
  }

  /** A line of a manifest, canonical but unchecked. */
  public String text() {
    return ActionWriter.write(word(), payload, attributes);
  }

  /** The action that came of it; {@code MalformedException} if it is none. */
  public Action action() {
    if (type == null) {
      throw new MalformedException("'" + text() + "' is not an action of a manifest");
    }
    return Action.of(type, payload, attributes);
  }

  /** The metadata, if this is the package itself. */
  Map<String, List<String>> metadata() {
    Map<String, List<String>> metadata = new LinkedHashMap<>();
    attributes.names().forEach(name -> metadata.put(name, attributes.all(name)));
    return metadata;
  }
}

package emblema.publisher.bundle;

import emblema.core.action.Action;
import emblema.store.publication.PayloadSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that holds files and tells what they are. Nothing in it is changed. */
public interface Bundle extends AutoCloseable {

  /**
   * An action with its content.
   *
   * @param content can be opened any number of times, until the bundle is closed; null for actions
   *     without payload
   */
  record Entry(Action action, @Nullable PayloadSource content) {}

  /** Hands over what the bundle holds, each time in the same order. */
  void forEach(Consumer<Entry> each);

  /** The content that payload of an action names, without slashes at its start. */
  Optional<PayloadSource> payload(String name);

  /** What the bundle asks for and no package can do, each a sentence for the user. */
  default List<String> problems() {
    return List.of();
  }

  /** How it was given, for messages. */
  String name();

  @Override
  void close();
}

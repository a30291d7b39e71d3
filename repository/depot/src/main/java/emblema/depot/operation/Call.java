package emblema.depot.operation;

import java.util.List;
import java.util.Optional;

/**
 * A request to one operation.
 *
 * @param version of the operation, one that it has
 * @param publisher from the address, one that the repository has, or for an {@code open} a valid
 *     one; nothing if the address names none
 * @param arguments what follows in the address, decoded; without empty ones at the end
 */
public record Call(
    Request request, int version, Optional<String> publisher, List<String> arguments) {
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** All arguments as one: the slashes of names may be sent as they are. */
  public String argument() {
    return String.join("/", arguments);
  }
}

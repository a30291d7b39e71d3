package emblema.depot.operation;

import java.util.Optional;

/**
 * What a depot serves besides the protocol's operations: pages for people, metrics. Asked in turn
 * when an address is none of an operation; the first that knows it answers.
 */
public interface Pages {

  /** Nothing if the address is none of these pages. */
  Optional<Response> answer(Request request);
}

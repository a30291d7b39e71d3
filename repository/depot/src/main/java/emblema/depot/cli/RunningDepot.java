package emblema.depot.cli;

import java.nio.file.Path;
import java.util.List;

/** A depot that serves, with all that must be closed after it. */
final class RunningDepot implements AutoCloseable {
  private final String address;
  private final Path repository;
  private final List<AutoCloseable> parts;

  /**
   * @param parts in the order in which they end
   */
  RunningDepot(String address, Path repository, List<AutoCloseable> parts) {
    this.address = address;
    this.repository = repository;
    this.parts = List.copyOf(parts);
  }

  String describe() {
    return "serving '" + repository + "' on " + address;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        // the others must end too
      }
    }
  }

  /** What a signal does: an orderly end with status 0, because that is what a stop is. */
  void stopProcess() {
    close();
    Runtime.getRuntime().halt(0);
  }
}

package emblema.depot.cli;

import emblema.depot.operation.Maintenance;
import emblema.depot.server.DepotServer;
import emblema.store.file.FileRepository;
import java.util.List;

/** A depot that serves, with all that must be closed after it. */
final class RunningDepot implements AutoCloseable {
  private final DepotServer server;
  private final Maintenance maintenance;
  private final FileRepository repository;
  private final String address;
  private final List<LogTarget> logs;

  RunningDepot(
      DepotServer server,
      Maintenance maintenance,
      FileRepository repository,
      String address,
      List<LogTarget> logs) {
    this.server = server;
    this.maintenance = maintenance;
    this.repository = repository;
    this.address = address;
    this.logs = logs;
  }

  String describe() {
    return "serving '" + repository.root() + "' on " + address;
  }

  /** Requests first, then background work, then logs. */
  @Override
  public void close() {
    server.close();
    maintenance.close();
    logs.forEach(LogTarget::close);
    repository.close();
  }

  /** What a signal does: an orderly end with status 0, because that is what a stop is. */
  void stopProcess() {
    close();
    Runtime.getRuntime().halt(0);
  }
}

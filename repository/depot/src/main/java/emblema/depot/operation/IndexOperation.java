package emblema.depot.operation;

import emblema.store.file.FileRepository;
import java.util.List;

/** {@code index/0/refresh}: as {@code admin/0?cmd=refresh-indexes}. */
final class IndexOperation implements Operation {
  private final FileRepository repository;
  private final Maintenance maintenance;

  IndexOperation(FileRepository repository, Maintenance maintenance) {
    this.repository = repository;
    this.maintenance = maintenance;
  }

  @Override
  public String name() {
    return "index";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0);
  }

  @Override
  public Access access() {
    return Access.PUBLISH;
  }

  @Override
  public Response answer(Call call) {
    if (!call.argument().equals("refresh")) {
      return ErrorPage.of(404, "Unknown index subcommand: " + call.argument());
    }
    return AdminOperation.submit(
        maintenance, Maintenance.Work.REFRESH_INDEXES, Publishers.all(call, repository));
  }
}

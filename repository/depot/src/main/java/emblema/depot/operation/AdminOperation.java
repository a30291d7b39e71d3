package emblema.depot.operation;

import emblema.core.error.MalformedException;
import emblema.core.fmri.PercentEncoding;
import emblema.store.file.FileRepository;
import java.util.List;
import java.util.Optional;

/**
 * {@code admin/0?cmd=WORK}: asks for {@link Maintenance} of one publisher or all; answers at once.
 */
final class AdminOperation implements Operation {
  private final FileRepository repository;
  private final Maintenance maintenance;

  AdminOperation(FileRepository repository, Maintenance maintenance) {
    this.repository = repository;
    this.maintenance = maintenance;
  }

  @Override
  public String name() {
    return "admin";
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
    String command = parameter(call.request().query(), "cmd");
    Optional<Maintenance.Work> work = Maintenance.Work.ofWord(command);
    if (work.isEmpty()) {
      return ErrorPage.of(400, "Unknown or unsupported operation: '" + command + "'");
    }
    return submit(maintenance, work.get(), Publishers.all(call, repository));
  }

  static Response submit(Maintenance maintenance, Maintenance.Work work, List<String> publishers) {
    return maintenance.submit(work, publishers)
        ? PublicationResponse.empty()
        : ErrorPage.of(503, "Another operation is already in progress; try again later.")
            .with("Retry-After", "10");
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        try {
          return PercentEncoding.decode(pair.substring(name.length() + 1).replace('+', ' '));
        } catch (MalformedException e) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return "";
  }
}

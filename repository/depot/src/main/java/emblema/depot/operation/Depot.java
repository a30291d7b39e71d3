package emblema.depot.operation;

import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.PublisherPrefix;
import emblema.depot.metrics.Metrics;
import emblema.store.file.FileRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A depot: finds the operation that a request is for, and answers (spec depot-protocol, sections 1,
 * 3 and 8). Whatever goes wrong becomes a page with a status.
 */
public final class Depot {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT");

  private final FileRepository repository;
  private final DepotOptions options;
  private final Map<String, Operation> served = new TreeMap<>();
  private final Set<String> known;
  private final List<Pages> pages;
  private final Metrics metrics;
  private final Consumer<String> log;

  /**
   * @param operations all that there are, with {@code versions} among them; the modes decide which
   *     are served
   * @param pages asked in turn for what is no operation
   * @param log told of mistakes, one line each
   */
  Depot(
      FileRepository repository,
      DepotOptions options,
      List<Operation> operations,
      List<Pages> pages,
      Metrics metrics,
      Consumer<String> log) {
    this.repository = repository;
    this.options = options;
    this.pages = List.copyOf(pages);
    this.metrics = metrics;
    this.log = log;
    this.known = Set.copyOf(operations.stream().map(Operation::name).toList());
    for (Operation each : operations) {
      Operation enabled = new EnabledOperation(each, options.disabled());
      if (isServed(each) && !enabled.versions().isEmpty()) {
        served.put(each.name(), enabled);
      }
    }
    for (Operation each : operations) {
      if (each instanceof VersionsOperation versions) {
        versions.served(List.copyOf(served.values()));
      }
    }
  }

  private boolean isServed(Operation operation) {
    return switch (operation.access()) {
      case ALWAYS -> true;
      case READ -> !options.mirror();
      case PUBLISH -> !options.mirror() && !options.readOnly();
    };
  }

  /** Answers one request; never throws for what a client does. */
  public Response answer(Request request) {
    boolean publishing = false;
    try {
      Optional<Response> refused = refusal(request);
      if (refused.isPresent()) {
        return refused.get();
      }
      Address address = Address.parse(request.path(), known);
      Optional<String> name = address.operation();
      if (name.isEmpty()) {
        return page(request);
      }
      Operation operation = served.get(name.get());
      if (operation == null) {
        return ErrorPage.of(404, "Operation not supported in current server mode.");
      }
      Optional<Response> wrong = wrongVersion(address, operation);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      Call call = new Call(request, address.number(), address.publisher(), address.arguments());
      publishing = operation.publishes(call);
      Optional<Response> unknown = unknownPublisher(call, operation);
      if (unknown.isPresent()) {
        return unknown.get();
      }
      metrics.asked(operation.name());
      return publishing ? publish(call, operation) : read(call, operation);
    } catch (EmblemaException e) {
      return page(e, publishing);
    } catch (RuntimeException e) {
      log.accept("a mistake of ours in '" + request.method() + " " + request.path() + "': " + e);
      return ErrorPage.of(
          500,
          "The server encountered an unexpected condition which prevented it from fulfilling the"
              + " request.");
    }
  }

  private static Optional<Response> refusal(Request request) {
    if (!METHODS.contains(request.method())) {
      return Optional.of(
          ErrorPage.of(405, request.method() + " is not allowed")
              .with("Allow", "GET, HEAD, POST, PUT"));
    }
    if (request.isUpload()
        && request.header("Content-Length").isEmpty()
        && request.header("Transfer-Encoding").isEmpty()) {
      return Optional.of(ErrorPage.of(411, "Client must specify Content-Length"));
    }
    return Optional.empty();
  }

  private static Optional<Response> wrongVersion(Address address, Operation operation) {
    String version = address.version();
    if (version.isEmpty()) {
      return Optional.of(ErrorPage.of(400, "Missing version"));
    }
    if (address.number() < 0) {
      return Optional.of(ErrorPage.of(400, "Non-integer version"));
    }
    if (!operation.versions().contains(address.number())) {
      return Optional.of(
          ErrorPage.of(
              404,
              "Version '" + version + "' not supported for operation '" + operation.name() + "'"));
    }
    return Optional.empty();
  }

  private Optional<Response> unknownPublisher(Call call, Operation operation) {
    String publisher = call.publisher().orElse("");
    if (publisher.isEmpty() || repository.publishers().contains(publisher)) {
      return Optional.empty();
    }
    if (!operation.name().equals("open")) {
      return Optional.of(ErrorPage.of(400, "Unknown publisher: " + publisher));
    }
    return PublisherPrefix.isValid(publisher)
        ? Optional.empty()
        : Optional.of(ErrorPage.of(400, "Invalid publisher prefix: " + publisher));
  }

  private Response publish(Call call, Operation operation) {
    if (options.mirror()) {
      return ErrorPage.of(
          400,
          "The requested operation cannot be performed when the repository is used in mirror"
              + " mode.");
    }
    if (options.readOnly()) {
      return ErrorPage.of(400, "The repository is read-only and cannot be modified.");
    }
    return options.policy().refusal(call.request()).orElseGet(() -> operation.answer(call));
  }

  private static Response read(Call call, Operation operation) {
    if (call.request().isUpload() && !operation.name().equals("search")) {
      return ErrorPage.of(405, call.request().method() + " is not allowed")
          .with("Allow", "GET, HEAD");
    }
    return operation.answer(call);
  }

  private Response page(Request request) {
    for (Pages each : pages) {
      Optional<Response> response = each.answer(request);
      if (response.isPresent()) {
        return response.get();
      }
    }
    return ErrorPage.of(404, "The path '" + request.path() + "' was not found.");
  }

  private Response page(EmblemaException error, boolean publishing) {
    return switch (error) {
      case LockedException locked -> ErrorPage.of(503, locked);
      case StorageException storage -> {
        log.accept(ErrorPage.sentence(storage).replace('\n', ' '));
        yield publishing
            ? ErrorPage.of(500, storage)
            : ErrorPage.of(500, "The repository cannot be read.");
      }
      case NotFoundException missing -> ErrorPage.of(publishing ? 400 : 404, missing);
      case MalformedException malformed -> ErrorPage.of(400, malformed);
      default -> {
        if (!publishing) {
          log.accept(ErrorPage.sentence(error).replace('\n', ' '));
        }
        yield publishing
            ? ErrorPage.of(400, error)
            : ErrorPage.of(500, "The repository cannot be read.");
      }
    };
  }
}

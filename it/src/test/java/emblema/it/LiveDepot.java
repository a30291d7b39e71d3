package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.core.event.EventSink;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.DepotOptions;
import emblema.depot.operation.Maintenance;
import emblema.depot.operation.Operations;
import emblema.depot.operation.PublicationPolicy;
import emblema.depot.server.DepotServer;
import emblema.depot.server.ServerOptions;
import emblema.publisher.cli.PkgrepoMain;
import emblema.publisher.cli.PkgsendMain;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A repository {@code repo} in a directory, a depot that serves it, and commands run there. */
final class LiveDepot implements AutoCloseable {
  private final Path directory;
  private final FileRepository repository;
  private final RepositorySearch indexes;
  private final Maintenance maintenance;
  private DepotServer server;

  /** What {@code pkgsend open} named. */
  String transaction = "";

  /** What a command ended with, and what it wrote. */
  record Run(int status, String out, String err) {}

  LiveDepot(Path directory) {
    this.directory = directory;
    succeeds(PkgrepoMain.program(), "create", "repo");
    succeeds(PkgrepoMain.program(), "-s", "repo", "set", "publisher/prefix=p.example");
    InstantSource clock = InstantSource.system();
    repository = FileRepository.open(directory.resolve("repo"));
    indexes = new RepositorySearch(repository, clock, EventSink.QUIET);
    maintenance = new Maintenance(repository, clock, text -> {}, (publisher, anew) -> {});
    server = started(PublicationPolicy.OPEN);
    try {
      Files.createDirectories(directory.resolve("proto/opt"));
      for (int i = 0; i < 20; i++) {
        Files.writeString(directory.resolve("proto/opt/f" + i), "content " + i + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DepotServer started(PublicationPolicy policy) {
    InstantSource clock = InstantSource.system();
    Metrics metrics = new Metrics(clock.instant());
    var depot =
        new Operations(repository, clock, text -> {}, metrics, indexes)
            .depot(new DepotOptions("test", false, false, Set.of(), policy), maintenance);
    return DepotServer.start(depot, ServerOptions.local(), metrics, Optional.empty(), clock);
  }

  /** From now on under another policy, at another address. */
  void serve(PublicationPolicy policy) {
    server.close();
    server = started(policy);
  }

  FileRepository repository() {
    return repository;
  }

  String address() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  Run run(Program program, String... arguments) {
    return run(Map.of(), "", program, arguments);
  }

  Run run(Map<String, String> environment, String input, Program program, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> all = new HashMap<>(environment);
    all.put("TMPDIR", directory.toString());
    all.put("PKG_TRANS_ID", transaction);
    int status =
        Launcher.run(
            program,
            List.of(arguments),
            new Session.Surroundings(console, all, directory, Clock.systemUTC()));
    console.flush();
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Run succeeds(Program program, String... arguments) {
    Run run = run(program, arguments);
    assertThat(run.status()).as(String.join(" ", arguments) + "\n" + run.err()).isZero();
    return run;
  }

  /** A package over the wire, some of whose files have the contents of other packages' files. */
  void publish(String name, int version, int files) {
    StringBuilder text = new StringBuilder();
    text.append("set name=pkg.fmri value=").append(name).append('@').append(version).append(".0\n");
    text.append("set name=pkg.summary value=\"about ").append(name).append("\"\n");
    text.append("dir path=opt owner=root group=bin mode=0755\n");
    for (int i = 0; i < files; i++) {
      text.append("file opt/f").append((i + version) % 20);
      text.append(" owner=root group=bin mode=0644 path=opt/").append(name).append(i).append('\n');
    }
    Path manifest = directory.resolve(name + version + ".p5m");
    try {
      Files.writeString(manifest, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    succeeds(PkgsendMain.program(), "-s", address(), "publish", "-d", "proto", manifest.toString());
  }

  @Override
  public void close() {
    server.close();
    maintenance.close();
    indexes.close();
    repository.close();
  }
}

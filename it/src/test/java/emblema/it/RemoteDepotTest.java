package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.core.event.EventSink;
import emblema.core.task.Tasks;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.DepotOptions;
import emblema.depot.operation.Maintenance;
import emblema.depot.operation.Operations;
import emblema.depot.operation.PublicationPolicy;
import emblema.depot.server.DepotServer;
import emblema.depot.server.ServerOptions;
import emblema.image.cli.Pkg;
import emblema.publisher.cli.PkgrecvMain;
import emblema.publisher.cli.PkgrepoMain;
import emblema.publisher.cli.PkgsendMain;
import emblema.store.catalog.CatalogEntry;
import emblema.store.check.Verification;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our clients and our depot, over the wire. */
class RemoteDepotTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private FileRepository repository;

  @SuppressWarnings("NullAway.Init")
  private RepositorySearch indexes;

  @SuppressWarnings("NullAway.Init")
  private Maintenance maintenance;

  @SuppressWarnings("NullAway.Init")
  private DepotServer server;

  /** What {@code pkgsend open} named. */
  private String transaction = "";

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    run(PkgrepoMain.program(), "create", "repo");
    run(PkgrepoMain.program(), "-s", "repo", "set", "publisher/prefix=p.example");
    InstantSource clock = InstantSource.system();
    repository = FileRepository.open(directory.resolve("repo"));
    indexes = new RepositorySearch(repository, clock, EventSink.QUIET);
    maintenance = new Maintenance(repository, clock, text -> {}, (publisher, anew) -> {});
    server = serve(PublicationPolicy.OPEN);
    Files.createDirectories(directory.resolve("proto/opt"));
    for (int i = 0; i < 20; i++) {
      Files.writeString(directory.resolve("proto/opt/f" + i), "content " + i + "\n");
    }
  }

  private DepotServer serve(PublicationPolicy policy) {
    InstantSource clock = InstantSource.system();
    Metrics metrics = new Metrics(clock.instant());
    var depot =
        new Operations(repository, clock, text -> {}, metrics, indexes)
            .depot(new DepotOptions("test", false, false, Set.of(), policy), maintenance);
    return DepotServer.start(depot, ServerOptions.local(), metrics, Optional.empty(), clock);
  }

  @AfterEach
  void stop() {
    server.close();
    maintenance.close();
    indexes.close();
    repository.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  private Run run(Program program, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false),
            new ByteArrayInputStream(new byte[0]));
    int status =
        Launcher.run(
            program,
            List.of(arguments),
            new Session.Surroundings(
                console,
                Map.of("TMPDIR", directory.toString(), "PKG_TRANS_ID", transaction),
                directory,
                Clock.systemUTC()));
    console.flush();
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private void succeeds(Program program, String... arguments) {
    Run run = run(program, arguments);
    assertThat(run.status()).as(String.join(" ", arguments) + "\n" + run.err()).isZero();
  }

  private void publish(String name, int version, int files) {
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
      throw new java.io.UncheckedIOException(e);
    }
    succeeds(PkgsendMain.program(), "-s", address(), "publish", "-d", "proto", manifest.toString());
  }

  private List<CatalogEntry> entries(FileRepository from) {
    List<CatalogEntry> entries = new ArrayList<>();
    from.catalog("p.example").forEach(entries::add);
    return entries;
  }

  private static long errors(FileRepository repository) {
    long[] errors = {0};
    new Verification(repository, VerificationOptions.standard())
        .run(repository.publishers(), finding -> errors[0] += finding.kind().isWarning() ? 0 : 1);
    return errors[0];
  }

  @Test
  void installsAndUpdatesWhatWasPublishedOverTheWire() {
    publish("app", 1, 10);
    succeeds(Pkg.program(), "image-create", "-F", "-p", address(), "image");
    succeeds(Pkg.program(), "-R", "image", "install", "app");
    assertThat(directory.resolve("image/opt/app0")).hasContent("content 1");
    publish("app", 2, 10);
    succeeds(Pkg.program(), "-R", "image", "update");
    assertThat(directory.resolve("image/opt/app0")).hasContent("content 2");
    succeeds(Pkg.program(), "-R", "image", "verify");
    succeeds(Pkg.program(), "-R", "image", "refresh", "--full");
    Run listed = run(PkgrepoMain.program(), "-s", address(), "list");
    assertThat(listed.out()).contains("app");
    assertThat(run(PkgrepoMain.program(), "-s", address(), "info").out())
        .contains("p.example", "online");
    assertThat(errors(repository)).isZero();
  }

  private Run send(String... words) {
    List<String> all = new ArrayList<>(List.of("-s", address()));
    all.addAll(List.of(words));
    return run(PkgsendMain.program(), all.toArray(String[]::new));
  }

  @Test
  void publishesStepByStepOverTheWire() throws IOException {
    transaction = send("open", "-n", "step@1.0").out().strip();
    assertThat(transaction).contains("_pkg%3A%2F%2Fp.example%2Fstep%401.0");
    assertThat(send("add", "dir", "path=opt", "owner=root", "group=bin", "mode=0755").status())
        .isZero();
    Run added =
        send("add", "file", "proto/opt/f1", "path=opt/a b", "owner=root", "group=bin", "mode=0644");
    assertThat(added).isEqualTo(new Run(0, "", ""));
    Files.writeString(
        directory.resolve("more.p5m"),
        "file opt/f2 path=opt/f2 owner=root group=bin mode=0644\n"
            + "file opt/none path=opt/none owner=root group=bin mode=0644\n");
    assertThat(send("include", "-d", "proto", "more.p5m").status()).isEqualTo(3);
    assertThat(entries(repository)).isEmpty();
    Run closed = send("close");
    assertThat(closed.err()).isEmpty();
    assertThat(closed.out()).startsWith("PUBLISHED\npkg://p.example/step@1.0,5.11:");
    assertThat(run(PkgrepoMain.program(), "contents", "-m", "-s", "repo").out())
        .contains("path=\"opt/a b\" pkg.content-hash=file:")
        .contains("path=opt/f2 ");
    // the answer to a close may be lost, so asking for what is done already is no error
    assertThat(send("close").out()).isEqualTo(closed.out());
    transaction = send("open", "-n", "gone@1.0").out().strip();
    assertThat(send("close", "-A").out()).isEqualTo("ABANDONED\n");
    assertThat(entries(repository)).hasSize(1);
    assertThat(send("refresh-index").status()).isZero();
  }

  @Test
  void publishesOnlyForThoseWhoShowTheToken() throws IOException {
    server.close();
    server = serve(new PublicationPolicy(true, List.of("open-sesame"), false));
    Files.writeString(directory.resolve("a.p5m"), "set name=pkg.fmri value=a@1\n");
    Files.writeString(directory.resolve("token"), "open-sesame\n");
    Files.writeString(directory.resolve("wrong"), "guess\n");
    assertThat(send("publish", "a.p5m").status()).isNotZero();
    assertThat(send("publish", "--token-file", "wrong", "a.p5m").status()).isNotZero();
    assertThat(entries(repository)).isEmpty();
    Run run = send("publish", "--token-file", "token", "a.p5m");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(entries(repository)).hasSize(1);
  }

  @Test
  void losesNoPackageOfManyPublishersAtOnce() {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "app" + i;
      tasks.add(
          () -> {
            publish(name, 1, 5);
            return true;
          });
    }
    assertThat(Tasks.inParallel(8, tasks)).hasSize(40);
    assertThat(entries(repository)).hasSize(40);
    assertThat(errors(repository)).isZero();
  }

  @Test
  void receivesFromADepotAndIntoOne() {
    publish("one", 1, 10);
    publish("two", 1, 10);
    succeeds(PkgrepoMain.program(), "create", "copy");
    succeeds(PkgrecvMain.program(), "-s", address(), "-d", "copy", "*");
    succeeds(PkgrecvMain.program(), "-s", address(), "-d", "all.p5p", "-a", "*");
    try (FileRepository copy = FileRepository.open(directory.resolve("copy"))) {
      assertThat(entries(copy)).isEqualTo(entries(repository));
      assertThat(errors(copy)).isZero();
      repository.remove(
          "p.example",
          entries(repository).stream().map(CatalogEntry::fmri).toList(),
          InstantSource.system(),
          EventSink.QUIET);
      assertThat(entries(repository)).isEmpty();
      succeeds(PkgrecvMain.program(), "-s", "all.p5p", "-d", address(), "*");
      assertThat(entries(repository)).isEqualTo(entries(copy));
      assertThat(errors(repository)).isZero();
    }
    assertThat(run(PkgrecvMain.program(), "-s", "copy", "-d", address(), "*").out())
        .doesNotContain("Republish");
    succeeds(PkgrepoMain.program(), "create", "clone");
    succeeds(PkgrecvMain.program(), "-s", address(), "-d", "clone", "--clone", "-p", "*");
    try (FileRepository clone = FileRepository.open(directory.resolve("clone"))) {
      assertThat(clone.catalogFiles("p.example").orElseThrow().read("catalog.attrs"))
          .isEqualTo(repository.catalogFiles("p.example").orElseThrow().read("catalog.attrs"));
    }
  }
}

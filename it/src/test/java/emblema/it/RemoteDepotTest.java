package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Program;
import emblema.core.event.EventSink;
import emblema.core.task.Tasks;
import emblema.depot.operation.PublicationPolicy;
import emblema.image.cli.Pkg;
import emblema.it.LiveDepot.Run;
import emblema.publisher.cli.PkgrecvMain;
import emblema.publisher.cli.PkgrepoMain;
import emblema.publisher.cli.PkgsendMain;
import emblema.store.catalog.CatalogEntry;
import emblema.store.check.Verification;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our clients and our depot, over the wire. */
class RemoteDepotTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private LiveDepot depot;

  @SuppressWarnings("NullAway.Init")
  private FileRepository repository;

  @BeforeEach
  void start() {
    depot = new LiveDepot(directory);
    repository = depot.repository();
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private String address() {
    return depot.address();
  }

  private Run run(Program program, String... arguments) {
    return depot.run(program, arguments);
  }

  private void succeeds(Program program, String... arguments) {
    depot.succeeds(program, arguments);
  }

  private void publish(String name, int version, int files) {
    depot.publish(name, version, files);
  }

  private static List<CatalogEntry> entries(FileRepository from) {
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
    depot.transaction = send("open", "-n", "step@1.0").out().strip();
    assertThat(depot.transaction).contains("_pkg%3A%2F%2Fp.example%2Fstep%401.0");
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
    depot.transaction = send("open", "-n", "gone@1.0").out().strip();
    assertThat(send("close", "-A").out()).isEqualTo("ABANDONED\n");
    assertThat(entries(repository)).hasSize(1);
    assertThat(send("refresh-index").status()).isZero();
  }

  @Test
  void publishesOnlyForThoseWhoShowTheToken() throws IOException {
    depot.serve(new PublicationPolicy(true, List.of("open-sesame"), false));
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

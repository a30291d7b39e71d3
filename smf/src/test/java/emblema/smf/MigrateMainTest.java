package emblema.smf;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command: what it prints and with which status it ends. */
class MigrateMainTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T08:15:00Z"), ZoneOffset.UTC);
  private static final Map<String, String> SMF = Map.of("SMF_FMRI", "svc:/system/x:default");

  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void configure() throws IOException {
    write("usr/lib/ips/shared.d/a.conf", "[area]\nstaging=/opt/.migrate\nshared=/opt/share\n");
  }

  private Path write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("--root", root.toString()));
    all.addAll(List.of(arguments));
    return new MigrateMain(
            environment,
            CLOCK,
            new Random(1),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void movesAndSaysHowMuch() throws IOException {
    write("opt/.migrate/app/log", "x");
    assertThat(run(Map.of())).isZero();
    assertThat(out()).isEqualTo("shared-migrate: 1 created, 1 moved\n");
    assertThat(root.resolve("opt/share/app/log")).hasContent("x");
  }

  @Test
  void saysThatThereIsNothingToDo() {
    assertThat(run(Map.of())).isZero();
    assertThat(out()).isEqualTo("shared-migrate: nothing to do\n");
    assertThat(run(SMF)).isZero();
    assertThat(run(SMF, "--disable-when-idle")).isEqualTo(101);
    assertThat(run(Map.of(), "--disable-when-idle")).isZero();
    assertThat(run(Map.of(), "--quiet")).isZero();
    assertThat(out()).isEmpty();
  }

  @Test
  void namesEachObjectWhenVerbose() throws IOException {
    write("opt/.migrate/app/log", "x");
    write("opt/.migrate/other", "staged");
    write("opt/share/other", "shared");
    assertThat(run(Map.of(), "-v", "--be", "solaris-2")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            created directory /opt/share/app
            moved /opt/.migrate/app/log -> /opt/share/app/log
            moved aside /opt/.migrate/other -> /opt/share/other.solaris-2.20260131T081500Z
            shared-migrate: 1 created, 1 moved, 1 aside
            """);
  }

  @Test
  void writesJsonLines() throws IOException {
    write("opt/.migrate/a\"\\\n\u00e9", "x");
    assertThat(run(Map.of(), "--json")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            {"event":"moved","from":"/opt/.migrate/a\\"\\\\\\u000a\u00e9",\
            "to":"/opt/share/a\\"\\\\\\u000a\u00e9","note":""}
            {"event":"summary","dry_run":false,"counts":{"created":0,"moved":1,"dropped":0,\
            "aside":0,"appended":0,"discarded":0,"left":0,"failed":0}}
            """);
  }

  @Test
  void aNameCannotForgeALogLine() throws IOException {
    write("opt/.migrate/a\nshared-migrate: all well\u001b[2J", "x");
    run(Map.of(), "-v");
    assertThat(out())
        .isEqualTo(
            "moved /opt/.migrate/a\\x0ashared-migrate: all well\\x1b[2J ->"
                + " /opt/share/a\\x0ashared-migrate: all well\\x1b[2J\n"
                + "shared-migrate: 1 moved\n");
  }

  @Test
  void changesNothingInADryRun() throws IOException {
    write("opt/.migrate/a", "x");
    assertThat(run(Map.of(), "-n", "-v")).isZero();
    assertThat(out())
        .isEqualTo("moved /opt/.migrate/a -> /opt/share/a\nshared-migrate: would be: 1 moved\n");
    assertThat(root.resolve("opt/share")).doesNotExist();
    assertThat(root.resolve("var")).doesNotExist();
  }

  @Test
  void isContentWithLeftoversUnlessStrict() throws IOException {
    write("opt/.migrate/a", "x");
    Files.createDirectories(root.resolve("opt/share/a"));
    assertThat(run(Map.of())).isZero();
    assertThat(out())
        .isEqualTo(
            "left /opt/.migrate/a (the shared object is a directory)\nshared-migrate: 1 left\n");
    assertThat(run(SMF)).isZero();
    assertThat(run(Map.of(), "--strict")).isEqualTo(3);
    assertThat(run(SMF, "--strict")).isEqualTo(95);
  }

  @Test
  void readsTheConfigurationThatItIsGiven() throws IOException {
    write("etc/other/b.conf", "[area]\nstaging=/srv/.migrate\nshared=/srv/share\n");
    write("srv/.migrate/a", "x");
    assertThat(run(Map.of(), "--config", "/etc/other")).isZero();
    assertThat(root.resolve("srv/share/a")).hasContent("x");
  }

  @Test
  void movesToASharedRootOutsideTheEnvironment(@TempDir Path elsewhere) throws IOException {
    write("opt/.migrate/app/log", "x");
    Path shared = elsewhere.resolve("shared/opt/share");
    assertThat(run(Map.of(), "--shared=/opt/share=" + shared)).isZero();
    assertThat(shared.resolve("app/log")).hasContent("x");
    assertThat(root.resolve("opt/share")).doesNotExist();
  }

  @Test
  void aMalformedDropInIsAConfigurationError() throws IOException {
    write("usr/lib/ips/shared.d/b.conf", "[area]\nstaging=/x\n");
    write("opt/.migrate/a", "x");
    assertThat(run(SMF)).isEqualTo(96);
    assertThat(run(Map.of())).isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "shared-migrate: "
                + root.toAbsolutePath()
                + "/usr/lib/ips/shared.d/b.conf:1: the area has no 'shared'\n");
    assertThat(root.resolve("opt/.migrate/a")).exists();
  }

  @Test
  void aSharedRootThatIsNotMountedIsAConfigurationError() throws IOException {
    write(
        "usr/lib/ips/shared.d/a.conf",
        "[area]\nstaging=/opt/.migrate\nshared=/opt/share\nmount=required\n");
    write("opt/.migrate/a", "x");
    assertThat(run(SMF)).isEqualTo(96);
    assertThat(err()).contains("/opt/share' does not exist\n\nhint: mount the shared file system");
    Files.createDirectories(root.resolve("opt/share"));
    assertThat(run(SMF)).isEqualTo(96);
    assertThat(err()).contains("/opt/share' is not mounted\n\nhint: ");
    assertThat(root.resolve("opt/share")).isEmptyDirectory();
    assertThat(root.resolve("opt/.migrate/a")).hasContent("x");
  }

  @Test
  void aMissingSharedRootThatMustNotBeMadeIsAConfigurationError() throws IOException {
    write(
        "usr/lib/ips/shared.d/a.conf",
        "[area]\nstaging=/opt/.migrate\nshared=/opt/share\ncreate=no\n");
    write("opt/.migrate/a", "x");
    assertThat(run(SMF)).isEqualTo(96);
    assertThat(root.resolve("opt/share")).doesNotExist();
  }

  @Test
  void aSharedRootThatIsALinkIsAConfigurationError(@TempDir Path outside) throws IOException {
    write("opt/.migrate/a", "x");
    Files.createSymbolicLink(root.resolve("opt/share"), outside);
    assertThat(run(SMF)).isEqualTo(96);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aBusyRunIsNamedAndSmfTriesAgain() throws IOException {
    write("opt/.migrate/a", "x");
    Files.createDirectories(root.resolve("var/lib/emblema/shared-migrate"));
    try (RealDisk disk = RealDisk.open(root);
        FileLock held =
            FileLock.acquire(
                disk,
                SafePath.of("var/lib/emblema/shared-migrate/lock"),
                "it",
                FileLock.Owner.of("shared-migrate", "here"),
                CLOCK)) {
      assertThat(held).isNotNull();
      assertThat(run(SMF)).isEqualTo(1);
      assertThat(run(Map.of())).isEqualTo(7);
      assertThat(err()).contains("is in use by");
    }
    assertThat(run(Map.of())).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "--config",
        "--shared=x",
        "--shared=/=/x",
        "--be=a/b",
        "--be=.",
        "--exit=x",
        "--quiet --verbose",
        "operand",
        "--config=../x",
      })
  void wrongArgumentsAreUsageErrors(String arguments) {
    int status = run(Map.of(), arguments.split(" ", -1));
    assertThat(status).isEqualTo(2);
    assertThat(run(SMF, arguments.split(" ", -1))).isEqualTo(96);
    assertThat(err()).startsWith("shared-migrate: ");
  }

  @Test
  void aRootThatDoesNotExistIsNamed() {
    assertThat(run(Map.of(), "--root", root.resolve("none").toString())).isEqualTo(1);
    assertThat(err()).isEqualTo("shared-migrate: directory '" + root + "/none' does not exist\n");
  }

  @Test
  void explainsItself() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out()).startsWith("Usage: shared-migrate").contains("--dry-run");
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out()).startsWith("shared-migrate ");
  }

  @Test
  void everyOptionOfTheHelpIsInTheManualPage() throws IOException {
    String page =
        Files.readString(Path.of("..", "docs", "man", "shared-migrate.8")).replace("\\-", "-");
    java.util.regex.Pattern.compile("--[a-z-]+")
        .matcher(Options.HELP)
        .results()
        .forEach(option -> assertThat(page).contains(option.group()));
  }
}

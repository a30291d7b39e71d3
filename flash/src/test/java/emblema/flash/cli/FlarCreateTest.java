package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code flar create}, their precedence, console output, failures. */
class FlarCreateTest {
  @TempDir Path directory;

  @BeforeEach
  void makeMaster() throws IOException {
    write("master/etc/motd", "hello\n");
    write("master/usr/bin/tool", "tool\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(
        FlarMain.program(), directory, Map.of("TMPDIR", directory.toString()), arguments);
  }

  private CommandRun create(String... arguments) {
    List<String> all = new ArrayList<>(List.of("create", "-n", "name", "-R", "master"));
    all.addAll(List.of(arguments));
    return flar(all.toArray(String[]::new));
  }

  private CommandRun created(String... arguments) {
    CommandRun run = create(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private String info(String archive) {
    return flar("info", archive).out();
  }

  private List<String> section(String archive, String name) throws IOException {
    assertThat(flar("split", "-d", "parts", "-S", name, archive).status()).isZero();
    return Files.readAllLines(directory.resolve("parts/" + name), StandardCharsets.UTF_8);
  }

  private List<String> leftovers() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(".") || name.startsWith("flash-"))
          .toList();
    }
  }

  @Test
  void tellsOnTheConsoleWhatTheOriginalTells() {
    assertThat(created("-L", "pax", "a.flar").err())
        .isEqualTo(
            """
            Archive format requested is pax
            Full Flash
            Checking integrity...
            No package database found.
            Running precreation scripts...
            Precreation scripts done.
            Determining the size of the archive...
            The archive will be approximately 0.00MB.
            Creating the archive...
            20 blocks
            Archive creation complete.
            Running postcreation scripts...
            Postcreation scripts done.

            Running pre-exit scripts...
            Pre-exit scripts done.
            """);
    assertThat(created("-S", "a.flar").err()).doesNotContain("Determining", "Archive format");
  }

  @Test
  void flarcreateIsTheSameCommand() {
    CommandRun run =
        CommandRun.of(
            FlarcreateMain.program(),
            directory,
            Map.of("TMPDIR", directory.toString()),
            "-n",
            "name",
            "-R",
            "master",
            "-cS",
            "a.flar");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(info("a.flar")).contains("content_name=name\n", "method=compress\n");
  }

  @Test
  void leavesOutSizesAndIdWhenAsked() {
    created("-S", "a.flar");
    assertThat(info("a.flar")).contains("archive_id=").doesNotContain("_size=");
    created("-H", "a.flar");
    assertThat(info("a.flar")).contains("archived_size=").doesNotContain("archive_id=");
    created("-SH", "a.flar");
    assertThat(info("a.flar")).doesNotContain("archive_id=", "_size=");
    assertThat(flar("info", "-l", "a.flar").out()).contains("etc/motd\n");
  }

  @Test
  void namesMasterAndDateItselfAndTheDateInUtc() {
    created("a.flar");
    String node = Tool.ok(directory, "uname -n").strip();
    assertThat(info("a.flar"))
        .contains("creation_date=20260102030405\n", "creation_master=" + node + "\n", "type=FULL")
        .doesNotContain("content_author", "content_type", "content_description");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e text -E file",
        "-F",
        "-p 1",
        "-b 512",
        "-t -b 0",
        "-t -p -1",
        "-X - -f -",
        "-z - -X -",
        "-u archive",
        "-u summary",
        "-u .hidden",
        "-u ../x",
        "-i 20000231000000",
        "-i 2000013122140",
        "-i 2000013122140x",
        "-L tar",
        "-D rpool/x",
        "-x /a/../b",
        "-U nokey",
      })
  void isAUsageErrorAndWritesNothing(String options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.add("a.flar");
    CommandRun run = create(all.toArray(String[]::new));
    assertThat(run.status()).as(options + ": " + run.err()).isEqualTo(2);
    assertThat(directory.resolve("a.flar")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void needsANameOfUpTo256Characters() {
    assertThat(flar("create", "-R", "master", "a.flar").status()).isEqualTo(2);
    for (String name : List.of("", " ", "n".repeat(257), "a\nb")) {
      CommandRun run = flar("create", "-n", name, "-R", "master", "a.flar");
      assertThat(run.status()).as(name).isEqualTo(2);
    }
    CommandRun run = flar("create", "-n", "ñ".repeat(256), "-R", "master", "a.flar");
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void warnsThatNoManifestMeansNothingForAFullArchive() {
    assertThat(created("-M", "a.flar").err()).contains("'-M' means nothing without -A");
  }

  @Test
  void readsOneListFromStandardInputAndThenTellsNoSizes() throws IOException {
    List<List<String>> options = List.of(List.of("-f"), List.of("-X"), List.of("-z"));
    for (List<String> option : options) {
      String input = option.equals(List.of("-z")) ? "- /usr\n" : "/usr\n";
      CommandRun run =
          withInput(input, "create", "-n", "n", "-R", "master", option.getFirst(), "-", "a.flar");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(info("a.flar")).contains("archive_id=").doesNotContain("_size=");
      assertThat(flar("info", "-l", "a.flar").out().contains("usr"))
          .isEqualTo(option.equals(List.of("-f")));
    }
  }

  private CommandRun withInput(String input, String... arguments) {
    return CommandRun.withInput(FlarMain.program(), directory, input, arguments);
  }

  @Test
  void describesFromAFileOfSeveralLines() throws IOException {
    write("text", "first = line\nsecond line\n\nlast\n");
    created("-E", "text", "a.flar");
    assertThat(flar("info", "-k", "content_description", "a.flar").out())
        .isEqualTo("first = line\nsecond line\n\nlast\n");
    write("text", "first\nsecond = line\n");
    assertThat(create("-E", "text", "b.flar").status()).isEqualTo(2);
    write("text", "first\nsection_end\n");
    assertThat(create("-E", "text", "b.flar").status()).isEqualTo(2);
    assertThat(create("-E", "none", "b.flar").status()).isEqualTo(1);
  }

  @Test
  void takesSectionsOfUsersFromFiles() throws IOException {
    write("s/X-one", "first\nlast without line feed");
    write("s/two", "x\n");
    CommandRun run = created("-d", "s", "-u", "X-one two", "a.flar");
    assertThat(run.err()).contains("'two' does not begin with X");
    assertThat(section("a.flar", "X-one")).containsExactly("first", "last without line feed");
    assertThat(flar("info", "-l", "a.flar").out()).contains("etc/motd");
    write("s/X-bad", "section_begin=archive\n");
    assertThat(create("-d", "s", "-u", "X-bad", "b.flar").status()).isEqualTo(1);
    assertThat(create("-u", "X-none", "b.flar").status()).isEqualTo(1);
    assertThat(directory.resolve("b.flar")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void putsSectionsInTheOrderThatOriginalInstallersNeed() throws IOException {
    write("X-own", "x\n");
    write("old/etc/motd", "before\n");
    created("-A", "old", "-u", "X-own", "a.flar");
    String text = Files.readString(directory.resolve("a.flar"), StandardCharsets.ISO_8859_1);
    assertThat(text.lines().filter(line -> line.startsWith("section_begin=")).toList())
        .containsExactly(
            "section_begin=identification",
            "section_begin=manifest",
            "section_begin=predeployment",
            "section_begin=postdeployment",
            "section_begin=reboot",
            "section_begin=summary",
            "section_begin=X-own",
            "section_begin=archive");
  }

  @Test
  void stopsWhenRegisteredFilesAreExcludedUnlessOverridden() throws IOException {
    write("master/var/sadm/install/contents", "/usr/bin/tool f none 0755 root bin 5 1 1 SUNWx\n");
    assertThat(created("a.flar").err()).contains("Checking integrity...\nIntegrity OK.\n");
    assertThat(section("a.flar", "summary")).contains("Integrity OK: 1 registered objects (SVR4)");
    CommandRun run = create("-x", "/usr/bin", "b.flar");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("1 registered file is excluded", "/usr/bin/tool", "-I")
        .contains("Running pre-exit scripts...");
    assertThat(directory.resolve("b.flar")).doesNotExist();
    CommandRun overridden = created("-I", "-x", "/usr/bin", "b.flar");
    assertThat(overridden.err()).doesNotContain("Checking integrity");
    assertThat(section("b.flar", "summary")).contains("Integrity check overridden");
  }

  @Test
  void leavesItselfOutWhenItIsWrittenIntoTheTree() throws IOException {
    write("master/old.flar", "an older archive of the same name");
    created("master/old.flar");
    assertThat(flar("info", "-l", "master/old.flar").out())
        .contains("etc/motd")
        .doesNotContain("flar", "flash-");
    assertThat(
            CommandRun.of(
                    FlarMain.program(),
                    directory,
                    Map.of("TMPDIR", directory.resolve("master/etc").toString()),
                    "create",
                    "-n",
                    "n",
                    "-R",
                    "master",
                    "b.flar")
                .status())
        .isZero();
    assertThat(flar("info", "-l", "b.flar").out()).doesNotContain("flash-");
  }

  @Test
  void theOldArchiveStaysWhenTheNewOneFails() throws IOException {
    created("a.flar");
    byte[] before = Files.readAllBytes(directory.resolve("a.flar"));
    assertThat(create("-u", "none", "a.flar").status()).isEqualTo(1);
    assertThat(directory.resolve("a.flar")).hasBinaryContent(before);
    assertThat(create("no/such/directory/a.flar").status()).isEqualTo(1);
    assertThat(create("master").status()).isEqualTo(2);
    assertThat(flar("create", "-n", "n", "-R", "none", "b.flar").status()).isEqualTo(1);
  }

  @Test
  void theSameImageMakesTheSameArchiveAtAnotherTime() throws Exception {
    created("a.flar");
    Thread.sleep(1100); // times in archives are whole seconds
    created("b.flar");
    assertThat(read(directory.resolve("b.flar"))).isEqualTo(read(directory.resolve("a.flar")));
  }

  @Test
  void writesToStandardOutputTheSameArchive() {
    created("-c", "a.flar");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false),
            new ByteArrayInputStream(new byte[0]));
    int status =
        Launcher.run(
            FlarMain.program(),
            List.of("create", "-n", "name", "-R", "master", "-c", "-"),
            new Session.Surroundings(
                console, Map.of("TMPDIR", directory.toString()), directory, CommandRun.CLOCK));
    console.flush();
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(withoutBlanks(out.toByteArray()))
        .isEqualTo(withoutBlanks(read(directory.resolve("a.flar"))));
  }

  /** The summary of a file has a line of blanks, where sizes could have been longer. */
  private static String withoutBlanks(byte[] archive) {
    return new String(archive, StandardCharsets.ISO_8859_1).replaceAll("(?m)^ +\n", "");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void writesToFilesThatStandForTapes() {
    created("-t", "tape");
    created("-t", "-p", "2", "-b", "32k", "tape");
    assertThat(directory.resolve("tape.2")).exists();
    assertThat(flar("info", "-l", "-t", "-p", "2", "tape").out()).contains("etc/motd");
    assertThat(flar("info", "-l", "-t", "tape").out()).contains("etc/motd");
  }

  @Test
  void refusesAFileTooLargeForCpioAndSaysWhatTakesIt() throws IOException {
    Path large = directory.resolve("master/large");
    try (var channel =
        java.nio.channels.FileChannel.open(
            large,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.position(1L << 32);
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
    }
    CommandRun run = create("a.flar");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("'large' is larger than 4 GiB", "-L pax");
    assertThat(directory.resolve("a.flar")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void anEmptyTreeIsAnArchiveToo() throws IOException {
    Files.createDirectories(directory.resolve("nothing"));
    assertThat(flar("create", "-n", "n", "-R", "nothing", "a.flar").status()).isZero();
    assertThat(flar("info", "-l", "a.flar").out()).isEmpty();
    assertThat(info("a.flar")).contains("archived_size=512").doesNotContain("unarchived_size");
  }
}

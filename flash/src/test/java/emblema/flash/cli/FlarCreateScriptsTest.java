package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that run while an archive is created (spec flash-scripts, sections 1 to 3). */
class FlarCreateScriptsTest {
  @TempDir Path directory;

  @BeforeEach
  void makeMaster() throws IOException {
    write("master/opt/TestApp/bin/app", "app\n");
    write("master/opt/TestApp/data with 'quote'/file", "data\n");
    write("master/opt/TestApp/critical_file_list", "/opt/TestApp/bin\nopt/TestApp/bin/app\n");
    write("master/etc/motd", "x\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void script(String path, String... lines) throws IOException {
    write("master/etc/flash/" + path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(
        directory.resolve("master/etc/flash/" + path),
        PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(
        FlarMain.program(),
        directory,
        Map.of("TMPDIR", directory.toString(), "PATH", "/usr/bin:/bin"),
        arguments);
  }

  private CommandRun create(String... arguments) {
    List<String> all = new ArrayList<>(List.of("create", "-n", "TestApp", "-R", "master"));
    all.addAll(List.of("-m", "pumbaa", "-i", "20000131221409"));
    all.addAll(List.of(arguments));
    all.add("a.flar");
    return flar(all.toArray(String[]::new));
  }

  private List<String> section(String name) throws IOException {
    assertThat(flar("split", "-d", "parts", "-S", name, "a.flar").status()).isZero();
    return Files.readAllLines(directory.resolve("parts/" + name), StandardCharsets.UTF_8);
  }

  @Test
  void example18x2ChecksTheApplicationAndMakesASection() throws IOException {
    script(
        "precreation/TestApplication",
        "echo 'Test precreation script started' >> $FLASH_DIR/summary",
        "cat $FLASH_ROOT/opt/TestApp/critical_file_list | flcheck -",
        "if [ $? -ne 0 ]; then",
        "  echo 'Test precreation script failed' >> $FLASH_DIR/summary; exit 1",
        "fi",
        "echo transfer > $FLASH_DIR/predeployment/.TestApplicationLicenceTransfer",
        "echo MTIz > $FLASH_DIR/custom_sections/TestApplicationLicenceCounter",
        "echo 'Test precreation script finished' >> $FLASH_DIR/summary",
        "exit 0");
    CommandRun run = create();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(section("TestApplicationLicenceCounter")).containsExactly("MTIz");
    assertThat(section("summary"))
        .containsSubsequence(
            "Full Flash archive 'TestApp'",
            "precreation/TestApplication: exit status 0",
            "Test precreation script started",
            "Test precreation script finished");
    Tool.need("cpio", "compress", "python3");
    assertThat(members("predeployment")).contains("predeployment/.TestApplicationLicenceTransfer");
    CommandRun excluded = create("-x", "/opt/TestApp/bin/app");
    assertThat(excluded.status()).isEqualTo(1);
    assertThat(excluded.err())
        .contains("flcheck: not in the archive: /opt/TestApp/bin/app", "custom script");
  }

  private List<String> members(String section) throws IOException {
    section(section);
    return Tool.ok(
            directory,
            "python3 -c \"import binascii,sys\n"
                + "for l in open('parts/"
                + section
                + "').read().split('\\n"
                + "')[1:]:\n"
                + "  if l in ('', '\\`', 'end'): continue\n"
                + "  sys.stdout.buffer.write(binascii.a2b_uu(l))\" | compress -d | cpio -it"
                + " --quiet")
        .lines()
        .toList();
  }

  @Test
  void tellsScriptsWhatIsBeingMade() throws IOException {
    script("precreation/1", "env | grep -a FLASH >> $FLASH_DIR/summary");
    assertThat(create().status()).isZero();
    Path root = directory.resolve("master");
    assertThat(section("summary"))
        .contains(
            "FLASH_TYPE=FULL",
            "FLASH_NAME=TestApp",
            "FLASH_MASTER=pumbaa",
            "FLASH_DATE=20000131221409",
            "FLASH_ARCHIVE=" + directory.resolve("a.flar"),
            "FLASH_ROOT=" + root,
            "FLASH_PID=" + ProcessHandle.current().pid())
        .anyMatch(line -> line.startsWith("FLASH_DIR=" + directory + "/flash-"))
        .anyMatch(line -> line.startsWith("FLASHDIR=" + directory + "/flash-"));
    try (var files = Files.list(directory)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("/flash-"));
    }
  }

  @Test
  void aScriptThatFailsStopsTheCreation() throws IOException {
    script("precreation/1", "echo first");
    script("precreation/2", "echo reason; exit 3");
    script("precreation/3", "echo never");
    script("preexit/1", "echo tidied up");
    CommandRun run = create();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("precreation/1: first", "precreation/2: reason", "exit status 3")
        .contains("preexit/1: tidied up")
        .doesNotContain("never");
    assertThat(directory.resolve("a.flar")).doesNotExist();
  }

  @Test
  void flincludeTakesInWhatIsExcluded() throws IOException {
    script(
        "precreation/1",
        "flcheck /opt/TestApp && exit 7",
        "flinclude /opt/TestApp/bin \"opt/TestApp/data with 'quote'\"",
        "flcheck \"/opt/TestApp/data with 'quote'/file\" /opt/TestApp/bin || exit 8",
        "flinclude /none && exit 9",
        "exit 0");
    CommandRun run = create("-x", "/opt");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(flar("info", "-l", "a.flar").out())
        .contains("opt/TestApp/bin/app\n", "opt/TestApp/data with 'quote'/file\n")
        .doesNotContain("critical");
  }

  @Test
  void flcheckLooksBelowDirectories() throws IOException {
    script("precreation/1", "flcheck \"/opt/TestApp/data with 'quote'\" $FLASH_ROOT/etc/motd");
    assertThat(create().status()).isZero();
    CommandRun run = create("-x", "/opt/TestApp/data with 'quote'/file");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("not in the archive: /opt/TestApp/data with 'quote'/file");
    script("precreation/1", "echo /etc/none | flcheck -");
    assertThat(create().status()).isEqualTo(1);
    script("precreation/1", "FLASH_DIR= flcheck /etc/motd; test $? = 2");
    assertThat(create().status()).isZero();
  }

  @Test
  void whatScriptsRegisterTravels() throws IOException {
    Tool.need("cpio", "compress", "python3");
    script("predeployment/10check", "exit 0");
    script("reboot/99fin", "exit 0");
    script(
        "precreation/1",
        "mkdir $FLASH_DIR/TestApplication; echo x > $FLASH_DIR/TestApplication/check_hardware",
        "cp $FLASH_ROOT/etc/motd $FLASH_DIR/postdeployment/50app",
        "chmod +x $FLASH_DIR/postdeployment/50app");
    CommandRun run = create();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(members("predeployment"))
        .contains("predeployment/10check", "TestApplication/check_hardware")
        .doesNotContain("summary", "custom_sections", ".bin");
    assertThat(members("postdeployment")).contains("postdeployment/50app");
    assertThat(members("reboot")).containsExactly("reboot", "reboot/99fin");
  }

  @Test
  void olderRegistrationBecomesPredeploymentAndPostdeployment() throws IOException {
    Tool.need("cpio", "compress", "python3");
    script(
        "precreation/1",
        "cd $FLASH_DIR/preinstall",
        "mkdir proc.d order.d; echo a > proc.d/MyApp; chmod +x proc.d/MyApp",
        "ln -s ../proc.d/MyApp order.d/S55.MyApp",
        "echo b > lying-here; chmod +x lying-here",
        "echo c > ../postinstall/after; chmod +x ../postinstall/after");
    CommandRun run = create();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(members("predeployment"))
        .contains("predeployment/S55.MyApp", "predeployment/lying-here");
    assertThat(members("postdeployment")).contains("postdeployment/after");
  }

  @Test
  void oneSectionInBothPlacesIsAnError() throws IOException {
    script(
        "precreation/1",
        "echo a > $FLASH_DIR/custom_sections/X-a; echo b > $FLASH_DIR/sections/X-a");
    CommandRun run = create();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("two sections 'X-a'");
    script("precreation/1", "echo a > $FLASH_DIR/sections/X-a");
    assertThat(create().status()).isZero();
    assertThat(section("X-a")).containsExactly("a");
  }

  @Test
  void postcreationAndPreexitScriptsAreOnlyReported() throws IOException {
    script("precreation/1", "echo 'exit 4' > $FLASH_DIR/preexit/9; chmod +x $FLASH_DIR/preexit/9");
    script("postcreation/1", "test -f $FLASH_ARCHIVE && echo there", "exit 5");
    CommandRun run = create();
    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains("postcreation/1: there", "exit status 5", "exit status 4")
        .contains("Archive creation complete.");
  }

  @Test
  void runsNoScriptsAndArchivesNoneIfToldSo() throws IOException {
    script("precreation/1", "exit 1");
    script("predeployment/10check", "exit 0");
    assertThat(create("--no-scripts").status()).isZero();
    Tool.need("cpio", "compress", "python3");
    assertThat(members("predeployment"))
        .containsExactly("predeployment", "predeployment_processing");
  }

  @Test
  void aLineOfTheSummaryCannotEndItsSection() throws IOException {
    script("precreation/1", "echo section_end=summary >> $FLASH_DIR/summary");
    assertThat(create().status()).isZero();
    assertThat(section("summary")).contains(" section_end=summary");
    assertThat(flar("info", "-l", "a.flar").out()).contains("etc/motd");
  }
}

package emblema.flash.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The real boot-time script, as a deployment installs it, run as often as a machine boots. */
class FlashRebootTest {
  @TempDir Path top;
  private Machine machine;
  private Path trace;
  private Path root;

  @BeforeEach
  void prepare() throws IOException {
    machine = new Machine(top.resolve("machine"));
    trace = top.resolve("trace");
    root = machine.tree("two");
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private String say(String word) {
    return "echo " + word + " >> '" + trace + "'\n";
  }

  private void install(TestArchive archive) throws IOException {
    machine.with(Machine.running()).deploy(archive.write(top.resolve("test.flar")), "two");
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            "/bin/sh", root.resolve("var/lib/flash/flash-reboot").toString(), root.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Exit status and output of one boot. */
  private String boot() throws IOException, InterruptedException {
    Process process = start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue() + " " + output;
  }

  @Test
  void eachScriptRunsOnceHoweverOftenTheMachineBoots() throws Exception {
    install(
        new TestArchive()
            .script("reboot", "reboot/20b", say("20b"))
            .script("reboot", "reboot/10a", say("10a"))
            .data("reboot", "reboot/30data", "exit 1")
            .data("reboot", "App/key", "secret")
            .script("reboot", "reboot/40key", "cat \"$FLASH_DIR/App/key\" >> '" + trace + "'\n"));
    assertThat(boot()).startsWith("0 ").contains("running 10a");
    assertThat(trace).hasContent("10a\n20b\nsecret");
    assertThat(root.resolve("var/lib/flash/reboot")).isEmptyDirectory();
    assertThat(root.resolve("var/lib/flash/reboot.log"))
        .content()
        .contains("test_archive: running");
    String before = Files.readString(trace);
    assertThat(boot()).isEqualTo("0 ");
    assertThat(trace).hasContent(before);
  }

  @Test
  void theyAreToldWhereTheyAre() throws Exception {
    install(
        new TestArchive()
            .script(
                "reboot",
                "reboot/1",
                "{ pwd; echo \"$FLASH_ROOT $FLASH_DIR $FLASH_NAME $FLASH_TYPE\"; } > '"
                    + trace
                    + "'\n"));
    boot();
    Path place = root.resolve("var/lib/flash/reboot/test_archive");
    assertThat(trace).hasContent(place + "/reboot\n" + root + " " + place + " test archive FULL");
  }

  @Test
  void aScriptThatFailsIsToldAndTheOthersRun() throws Exception {
    install(
        new TestArchive()
            .script("reboot", "reboot/1", say("one") + "exit 3\n")
            .script("reboot", "reboot/2", say("two")));
    assertThat(boot()).startsWith("1 ").contains("test_archive: 1 failed with exit status 3");
    assertThat(trace).hasContent("one\ntwo");
    assertThat(boot()).isEqualTo("0 ");
    assertThat(trace).hasContent("one\ntwo");
  }

  @Test
  void aScriptThatWasKilledInTheMiddleIsToldAndNotRunAgain() throws Exception {
    Path fifo = top.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    install(
        new TestArchive()
            .script("reboot", "reboot/1", say("one"))
            .script(
                "reboot", "reboot/2", say("two") + "echo $$ > '" + fifo + "'\nexec sleep 100000\n")
            .script("reboot", "reboot/3", say("three")));
    Process process = start();
    // Opening the pipe waits until the second script is under way.
    long script = Long.parseLong(Files.readString(fifo).strip());
    process.destroyForcibly().waitFor();
    ProcessHandle.of(script).ifPresent(ProcessHandle::destroyForcibly);
    assertThat(trace).hasContent("one\ntwo");
    assertThat(boot()).startsWith("1 ").contains("2 was cut short; it is not run again");
    assertThat(trace).hasContent("one\ntwo\nthree");
    assertThat(boot()).isEqualTo("0 ");
    assertThat(trace).hasContent("one\ntwo\nthree");
  }

  @Test
  void theServiceDisablesItself() throws Exception {
    TestArchive archive = new TestArchive().script("reboot", "reboot/1", say("one"));
    archive.files().directory("etc").directory("etc/systemd").directory("etc/systemd/system");
    install(archive);
    Path wanted = root.resolve("etc/systemd/system/multi-user.target.wants/flash-reboot.service");
    assertThat(wanted).isSymbolicLink();
    boot();
    assertThat(Files.isSymbolicLink(wanted)).isFalse();
  }

  @Test
  void whatIsNotOursIsLeftAlone() throws Exception {
    install(new TestArchive().script("reboot", "reboot/1", say("one")));
    Path reboot = root.resolve("var/lib/flash/reboot");
    Path unfinished = Files.createDirectories(reboot.resolve(".new/reboot")).resolve("1");
    Files.writeString(unfinished, "#!/bin/sh\n" + say("never"));
    Files.createSymbolicLink(reboot.resolve("link"), reboot.resolve(".new"));
    assertThat(boot()).startsWith("0 ");
    assertThat(trace).hasContent("one");
  }

  @Test
  void theServiceOfSmfIsWellFormedAndStartsTheSameScript() throws Exception {
    TestArchive archive = new TestArchive().script("reboot", "reboot/1", say("one"));
    archive.files().directory("lib").directory("lib/svc").directory("lib/svc/manifest");
    install(archive);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document document =
        factory
            .newDocumentBuilder()
            .parse(root.resolve("lib/svc/manifest/site/flash-reboot.xml").toFile());
    Element start = (Element) document.getElementsByTagName("exec_method").item(0);
    assertThat(start.getAttribute("exec")).isEqualTo("/bin/sh /var/lib/flash/flash-reboot");
    assertThat(root.resolve("etc/systemd/system/flash-reboot.service")).doesNotExist();
  }
}

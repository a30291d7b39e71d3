package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.publisher.cli.PkgmasterMain;
import emblema.publisher.cli.PkgrepoMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code pkgmaster prove} with the real client as a process: a plan with every kind of transition
 * is proven, from the last release and from a skipped one (case 27), and a client that loses what
 * machines keep is found out.
 */
class ProofTest {
  @TempDir Path top;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void publishTwoReleases() throws IOException {
    assertThat(run(PkgrepoMain.program(), "create", "repository").status()).isZero();
    write("1/opt/old/log/one", "1");
    write("1/opt/old/log/two", "2");
    write("1/opt/plain/gone", "gone");
    write("1/etc/app.conf", "level = info\n");
    write("1/etc/moving.conf", "moves = yes\n");
    Files.createDirectories(top.resolve("1/opt/app/logs/deep"));
    Files.createDirectories(top.resolve("1/var/lib/app"));
    write("1/usr/share/doc/app/readme", "read me");
    assertThat(master("baseline", "-R", "1", "--release", "1").err()).isEmpty();

    copy("1", "2");
    Files.createDirectories(top.resolve("2/opt/new"));
    Files.move(top.resolve("2/opt/old/log"), top.resolve("2/opt/new/log"));
    assertThat(master("publish", "-A", "1", "-R", "2", "--release", "2").err()).isEmpty();

    copy("2", "3");
    Files.move(top.resolve("3/opt/new/log"), top.resolve("3/opt/log"));
    Files.delete(top.resolve("3/opt/plain/gone"));
    Files.delete(top.resolve("3/opt/plain"));
    write("3/etc/app.conf", "level = info\nworkers = 4\n");
    Files.createDirectories(top.resolve("3/etc/app"));
    Files.move(top.resolve("3/etc/moving.conf"), top.resolve("3/etc/app/moving.conf"));
    Files.delete(top.resolve("3/opt/app/logs/deep"));
    Files.delete(top.resolve("3/opt/app/logs"));
    Files.createSymbolicLink(top.resolve("3/opt/app/logs"), Path.of("../share/app/logs"));
    Files.delete(top.resolve("3/var/lib/app"));
    Files.createSymbolicLink(top.resolve("3/var/lib/app"), Path.of("../../opt/log"));
    Run plan = master("plan", "-A", "2", "-R", "3", "--release", "3", "-o", "plan");
    assertThat(plan.err()).isEmpty();
    client("pkg", "");
  }

  @Test
  void aPlanWithEveryTransitionIsProven() {
    Run proof = run(PkgmasterMain.program(), "prove", "plan", "--pkg", top + "/pkg");

    assertThat(proof.err()).doesNotContain("not proven");
    assertThat(proof.status()).as(proof.err()).isZero();
    assertThat(proof.out()).startsWith("Proven: ").contains("proof-plan");
    // what the proof was made with is there to be looked at, and the repository is as it was
    assertThat(top.resolve("proof-plan/from-1.0-2/opt/log/.emblema-probe")).exists();
    assertThat(run(PkgrepoMain.program(), "list", "-s", "repository").out())
        .doesNotContain("1.0-3");
  }

  @Test
  void case27_theProofAlsoHoldsForMachinesThatSkippedReleases() {
    Run proof =
        run(
            PkgmasterMain.program(),
            "prove",
            "plan",
            "--from",
            "1",
            "-d",
            "proof",
            "--pkg",
            top + "/pkg");

    assertThat(proof.status()).as(proof.err()).isZero();
    assertThat(top.resolve("proof/from-1.0-1/opt/log/.emblema-probe")).exists();
  }

  @Test
  void aClientThatLosesWhatMachinesKeepIsFoundOut() throws IOException {
    client(
        "careless",
        "case \"$*\" in *update*) find \"$2\" -name .emblema-probe -delete; rm -f"
            + " \"$2/etc/app.conf\";; esac");
    Run proof = run(PkgmasterMain.program(), "prove", "plan", "--pkg", top + "/careless");

    assertThat(proof.status()).isEqualTo(1);
    assertThat(proof.err())
        .contains("the release is not proven")
        .contains("'opt/new/log/.emblema-probe' is not at 'opt/log/.emblema-probe'")
        .contains("the edit of 'etc/app.conf' is lost")
        .contains("look at the images in");
  }

  @Test
  void aPlanThatDoesNotHoldAnyMoreIsNotProven() throws IOException {
    write("3/opt/log/one", "changed since");

    Run proof = run(PkgmasterMain.program(), "prove", "plan", "--pkg", top + "/pkg");
    assertThat(proof.status()).isEqualTo(1);
    assertThat(proof.err()).contains("does not hold any more").contains("the new tree");
  }

  @Test
  void aClientThatIsNotThereIsNamed() {
    Run proof = run(PkgmasterMain.program(), "prove", "plan", "--pkg", top + "/none");

    assertThat(proof.status()).isEqualTo(1);
    assertThat(proof.err()).contains("cannot run '" + top + "/none'").contains("--pkg");
  }

  /** The client's command, and what happens after it. */
  private void client(String name, String afterwards) throws IOException {
    Path script = top.resolve(name);
    Files.writeString(
        script,
        "#!/bin/sh\n'"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '"
            + System.getProperty("java.class.path")
            + "' emblema.image.cli.Pkg \"$@\" || exit\n"
            + afterwards
            + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run master(String command, String... arguments) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(
        List.of("-s", "repository", "--publisher", "vendor", "--no-cache", "--max-removed", "100"));
    words.addAll(List.of(arguments));
    return run(PkgmasterMain.program(), words.toArray(String[]::new));
  }

  private Run run(Program program, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false));
    int status =
        Launcher.run(
            program,
            List.of(arguments),
            new Session.Surroundings(console, Map.of(), top, Clock.systemUTC()));
    console.flush();
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private void write(String path, String content) throws IOException {
    Path file = top.resolve(path);
    Files.createDirectories(file.resolveSibling("x").getParent());
    Files.writeString(file, content);
  }

  private void copy(String from, String to) throws IOException {
    try (var walk = Files.walk(top.resolve(from))) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        Path copy = top.resolve(to).resolve(top.resolve(from).relativize(path));
        Files.copy(
            path,
            copy,
            java.nio.file.LinkOption.NOFOLLOW_LINKS,
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}

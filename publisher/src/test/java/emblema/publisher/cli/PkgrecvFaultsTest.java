package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import emblema.testkit.RawServer;
import emblema.testkit.Seed;
import emblema.testkit.StaticDepot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sources that are damaged, misbehave or go away, and runs that are killed. */
class PkgrecvFaultsTest extends ReceiveFixture {
  @Test
  void leavesOutWhatIsDamagedAtTheSource() throws IOException {
    createRepository();
    String payload = "88997bdcb5e3bb1d53649afee69e28ba9bb03cca";
    Path file = directory.resolve("repo/publisher/alpha.example/file/88/" + payload);
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes);
    create("recv");
    CommandRun run = receive("-s", "repo", "-d", "recv", "-m", "latest", "*");
    assertThat(run.status()).as(run.out()).isEqualTo(3);
    assertThat(run.err()).contains("web/httpd@", payload, "is damaged", "expected:", "actual:");
    assertThat(run.out())
        .contains("Republish: pkg:/base/core")
        .doesNotContain("Republish: pkg:/web/httpd");
    assertThat(verify("recv")).isEmpty();
  }

  @Test
  void convergesOnASourceThatMisbehaves() {
    createRepository();
    Random random = Seed.random();
    StaticDepot honest = new StaticDepot(directory.resolve("repo"));
    RawServer.Answer nasty =
        (request, out) -> {
          int die;
          synchronized (random) {
            die = random.nextInt(12);
          }
          switch (die) {
            case 0 -> RawServer.send(out, 503, new byte[0], "Retry-After: 0");
            case 1 -> {}
            case 2 -> {
              RawServer.head(out, 200, 5000);
              out.write(new byte[10]);
            }
            case 3 -> RawServer.send(out, 504, new byte[3]);
            default -> honest.write(request, out);
          }
        };
    create("recv");
    try (RawServer server = new RawServer(nasty)) {
      CommandRun run = receive("-s", server.address(), "-d", "recv", "-c", "cache", "*");
      for (int i = 0; i < 40 && run.status() != 0; i++) {
        run = receive("-s", server.address(), "-d", "recv", "-c", "cache", "*");
      }
      assertThat(run.status()).as(run.err()).isZero();
    }
    assertThat(verify("recv")).isEmpty();
    try (FileRepository source = open("repo");
        FileRepository target = open("recv")) {
      assertThat(entries(target, "alpha.example")).isEqualTo(entries(source, "alpha.example"));
    }
  }

  @Test
  void goesOnWhereItWasKilled() throws Exception {
    createRepository();
    StaticDepot honest = new StaticDepot(directory.resolve("repo"));
    RawServer.Answer slow =
        (request, out) -> {
          sleep(20);
          honest.write(request, out);
        };
    create("recv");
    Random random = Seed.random();
    try (RawServer server = new RawServer(slow)) {
      int kills = 0;
      boolean done = false;
      while (!done) {
        Process process = start(server.address());
        long patience = kills >= 6 ? 120_000 : 700 + random.nextInt(1500);
        done = process.waitFor(patience, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        process.destroyForcibly().waitFor();
        kills += done ? 0 : 1;
        assertThat(verify("recv")).as("after " + kills + " kills").isEmpty();
        assertThat(kills).isLessThan(10);
      }
    }
    try (FileRepository source = open("repo");
        FileRepository target = open("recv")) {
      for (String publisher : source.publishers()) {
        assertThat(entries(target, publisher)).isEqualTo(entries(source, publisher));
      }
    }
  }

  private Process start(String source) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PkgrecvMain.class.getName());
    command.addAll(List.of("-s", source, "-d", "recv", "-c", "cache", "*"));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private static void sleep(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}

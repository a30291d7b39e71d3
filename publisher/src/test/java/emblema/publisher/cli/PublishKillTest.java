package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadGzip;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real command as a process, killed with signal 9 at random moments of publishing, until it has
 * published. {@code -Dtests.kills=N} asks for more kills than the usual ten.
 */
class PublishKillTest {
  private static final int KILLS = Integer.getInteger("tests.kills", 10);
  private static final int FILES = 400;

  @TempDir Path directory;

  @Test
  void hasTheOldOrTheNewPackagesWhenItIsKilledAgainAndAgain() throws Exception {
    Random random = Seed.random();
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "repo").status()).isZero();
    CommandRun.of(PkgrepoMain.program(), directory, "-s", "repo", "add-publisher", "p.example");
    int kills = 0;
    for (int version = 1; kills < KILLS; version++) {
      writeTree(version);
      boolean done = false;
      while (!done) {
        Process process = start(version);
        done =
            kills >= KILLS
                ? process.waitFor(60, TimeUnit.SECONDS)
                : process.waitFor(200 + random.nextInt(600), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        kills += done ? 0 : 1;
        long packages = verify();
        assertThat(packages).as("after " + kills + " kills").isIn(version - 1L, (long) version);
        // killed between the exchange and its end, the command need not run again
        done = packages == version;
      }
    }
    try (Stream<Path> left = Files.list(directory.resolve("repo/publisher/p.example/tmp"))) {
      assertThat(left.filter(path -> path.toString().contains("publish.")).count())
          .isLessThanOrEqualTo(1);
    }
  }

  private void writeTree(int version) throws IOException {
    StringBuilder manifest = new StringBuilder();
    manifest.append("set name=pkg.fmri value=app@").append(version).append("\n");
    for (int i = 0; i < FILES; i++) {
      Path file = directory.resolve("proto/d" + i % 7 + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, (i % 3 == 0 ? "same " : "new " + version + " ") + i);
      manifest
          .append("file NOHASH owner=root group=bin mode=0644 path=")
          .append(directory.resolve("proto").relativize(file))
          .append("\n");
    }
    Files.writeString(directory.resolve("app.p5m"), manifest);
  }

  private Process start(int version) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PkgsendMain.class.getName(),
            "-s",
            "repo",
            "publish",
            "--timestamp",
            "20260101T0000%02dZ".formatted(version % 60),
            "-d",
            "proto",
            "app.p5m")
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  /** Everything that the catalog lists is whole; how many packages that are. */
  private long verify() {
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      var catalog = repository.catalog("p.example");
      catalog.forEach(
          entry -> {
            byte[] manifest = repository.manifest(entry.fmri());
            assertThat(Digest.SHA1.hex(manifest)).isEqualTo(entry.manifestSha1());
            ManifestReader.stream(
                new ByteArrayInputStream(manifest), "manifest", a -> verify(repository, a));
          });
      return catalog.packageVersionCount();
    }
  }

  private static void verify(FileRepository repository, Action action) {
    for (String name : Stream.ofNullable(action.payload()).toList()) {
      try (InputStream in = repository.payload("p.example", name)) {
        assertThat(List.of(PayloadGzip.facts(in).sha1())).containsExactly(name);
      } catch (IOException e) {
        throw new AssertionError("payload of " + action.key(), e);
      }
    }
  }
}

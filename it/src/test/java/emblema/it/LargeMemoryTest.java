package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand files are published, installed and updated by the real commands in a heap of
 * 128 MB. Takes minutes: runs with {@code -Dtests.large=true} only.
 */
@EnabledIfSystemProperty(named = "tests.large", matches = "true")
class LargeMemoryTest {
  private static final int FILES = Integer.getInteger("tests.large.files", 100_000);
  private static final int CHANGED_EVERY = 10;

  @TempDir Path top;

  @Test
  void publishesInstallsAndUpdatesInASmallHeap() throws Exception {
    for (int release = 1; release <= 2; release++) {
      for (int f = 0; f < FILES; f++) {
        boolean isNew = release == 2 && f % CHANGED_EVERY == 0;
        Path file = top.resolve(release + "/usr/share/d" + f / 500 + "/file-" + f);
        if (f % 500 == 0) {
          Files.createDirectories(file.getParent());
        }
        Files.writeString(file, "content of " + f + (isNew ? " changed" : ""));
      }
    }
    done("emblema.publisher.cli.PkgrepoMain", "create", "repository");
    master("baseline", "1", "-R", "1");
    Files.createDirectory(top.resolve("machines"));
    done("emblema.bootenv.cli.Beadm", "-r", "machines", "init", "one");
    String repository = "vendor=file://" + top.resolve("repository");
    done("emblema.image.cli.Pkg", "image-create", "-F", "-f", "-p", repository, "machines/be/one");
    done("emblema.image.cli.Pkg", "-R", "machines/be/one", "install", "*");
    master("publish", "2", "-A", "1", "-R", "2");
    done(
        "emblema.image.cli.Pkg",
        "-R",
        "machines/be/one",
        "update",
        "--require-new-be",
        "--be-name",
        "two");
    assertThat(top.resolve("machines/next/usr/share/d0/file-0")).hasContent("content of 0 changed");
    assertThat(top.resolve("machines/booted/usr/share/d0/file-0")).hasContent("content of 0");
    done("emblema.image.cli.Pkg", "-R", "machines/be/two", "verify");
  }

  private void master(String operation, String release, String... trees) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(operation));
    arguments.addAll(List.of(trees));
    arguments.addAll(List.of("-s", "repository", "--publisher", "vendor", "--release", release));
    arguments.addAll(List.of("--no-cache", "--single", "vendor/app"));
    done("emblema.publisher.cli.PkgmasterMain", arguments.toArray(String[]::new));
  }

  private void done(String main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    Path output = top.resolve("output");
    int status =
        new ProcessBuilder(command)
            .directory(top.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String said = Files.readString(output);
    assertThat(status).as(main + " " + List.of(arguments) + "\n" + tail(said)).isZero();
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 3000));
  }
}

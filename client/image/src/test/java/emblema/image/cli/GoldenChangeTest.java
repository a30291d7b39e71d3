package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One long session of installing, updating and removing, recorded with the reference: status and
 * standard output must be the same, but for progress lines, sizes and empty lines.
 */
class GoldenChangeTest {
  private static final Pattern PROGRESS =
      Pattern.compile(" *(Startup|Planning|Download|Actions|Finalize): .*");

  @TempDir Path directory;

  @Test
  void answersAsTheReferenceThroughAWholeSession() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    Client client = new Client(directory);
    client.run(
        "image-create",
        "-F",
        "--variant",
        "variant.arch=i386",
        "--facet",
        "facet.locale.fr=false",
        "-p",
        "alpha.example=file://repo",
        "img-omnios-v5");
    client.run("-R", "img-omnios-v5", "set-publisher", "-p", "file://repo");
    Path image = directory.resolve("img-omnios-v5");
    Files.createDirectory(image.resolve("etc"));
    Files.writeString(image.resolve("etc/group"), "root::0:\nother::1:\nbin::2:\nsys::3:\n");
    Files.writeString(image.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    Files.writeString(image.resolve("etc/shadow"), "root:*LK*:6445::::::\n");
    Files.createDirectories(image.resolve("etc/ssl/pkg"));
    Files.copy(
        GoldenSessionTest.golden("sign/root.pem"), image.resolve("etc/ssl/pkg/golden-root.pem"));
    List<Path> steps;
    try (Stream<Path> files = Files.list(GoldenSessionTest.golden("change"))) {
      steps = files.sorted().toList();
    }
    assertThat(steps).hasSizeGreaterThan(30);
    for (Path step : steps) {
      if (step.getFileName().toString().startsWith("110-")) {
        edit(image, "p-true.conf", "p-renameold.conf", "p-renamenew.conf", "core.conf");
      }
      replay(client, step);
    }
  }

  private static void edit(Path image, String... names) throws IOException {
    for (String name : names) {
      Files.writeString(
          image.resolve("etc").resolve(name), "# edited\n", StandardOpenOption.APPEND);
    }
  }

  private static void replay(Client client, Path step) throws IOException {
    String text = Files.readString(step, StandardCharsets.UTF_8);
    String command = text.lines().findFirst().orElseThrow();
    Client.Run run = client.run(command.substring("$ pkg ".length()).split(" "));
    String expected = text.substring(text.indexOf("=== stdout\n") + 11, text.indexOf("=== stderr"));
    assertThat(lines(run.out()))
        .as(step.getFileName() + ": " + command + "\n" + run.err())
        .isEqualTo(lines(expected));
    assertThat(text).as(run.err()).contains("=== rc " + run.status() + "\n");
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !PROGRESS.matcher(line).matches()) {
        lines.add(
            line.strip()
                .replaceAll("[0-9.]+ [kMGT]?B\\b", "SIZE")
                .replaceAll(": +", ": ")
                .replaceAll("\"space-(available|required)\":[0-9.E]+", "\"space-$1\":SIZE"));
      }
    }
    return lines;
  }
}

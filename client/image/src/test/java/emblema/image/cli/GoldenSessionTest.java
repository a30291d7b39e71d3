package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays what the reference was asked and compares what it answered: status and standard output,
 * byte for byte. What it tells on standard error we word differently.
 */
class GoldenSessionTest {
  @TempDir static Path directory;
  private static Client client = new Client(Path.of(""));

  static Path golden(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(GoldenSessionTest.class.getResource("/golden/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void createImages() throws IOException {
    Client.copy(golden("repo"), directory.resolve("repo"));
    Client.copy(golden("img2-omnios-v4"), directory.resolve("img2-omnios-v4"));
    Client.copy(golden("img-omnios-v4"), directory.resolve("img-omnios-v4"));
    client = new Client(directory);
    assertThat(
            client.run(
                "image-create",
                "-F",
                "--variant",
                "variant.arch=i386",
                "--facet",
                "facet.locale.fr=false",
                "-p",
                "alpha.example=file://repo",
                "fresh"))
        .isEqualTo(new Client.Run(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"004-publisher", "005-publisher-F"})
  void answersBeforeASecondPublisherAsTheReference(String step) throws IOException {
    Files.deleteIfExists(directory.resolve("nothing"));
    Client.Run run = replay("sessions/" + step + ".txt", "img-omnios-v4", "one");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "009-publisher2",
        "014-list-a",
        "015-list-af",
        "016-list-afv",
        "017-list-n",
        "022-list-json",
        "024-info-r",
        "025-info-r-lic",
        "026-info-gone",
        "027-contents-r",
        "028-contents-rm"
      })
  void answersInAnEmptyImageAsTheReference(String step) throws IOException {
    replay("sessions/" + step + ".txt", "img-omnios-v4", "two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "019-history",
        "020-history-l",
        "021-list",
        "022-variant",
        "023-facet",
        "024-mediator",
        "025-avoids",
        "026-freezes"
      })
  void answersInTheGoldenImageAsTheReference(String step) throws IOException {
    replay("sessions/img2/" + step + ".txt", "img2-omnios-v4", "img2-omnios-v4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"130-facet2", "143-list-m", "144-list-r", "157-publisher3"})
  void answersInTheOtherGoldenImageAsTheReference(String step) throws IOException {
    replay("sessions/img/" + step + ".txt", "img-omnios-v4", "img-omnios-v4");
  }

  @Test
  void learnsASecondPublisherFromARepository() {
    client.run("image-create", "-p", "alpha.example=file://repo", "three");
    Client.Run run = client.run("-R", "three", "set-publisher", "-p", "file://repo");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            pkg set-publisher:
              Added publisher(s): beta.example
              Updated publisher(s): alpha.example
            """);
    assertThat(
            client.run("-R", "three", "set-publisher", "-g", "file://repo", "beta.example").err())
        .contains(
            "Origin 'file://" + directory + "/repo/' already exists for the specified publisher");
  }

  /** Runs the command of a recorded step in another image and compares. */
  private static Client.Run replay(String step, String recorded, String image) throws IOException {
    prepare(image);
    List<String> lines = Files.readAllLines(golden(step));
    List<String> words = words(lines.getFirst().replace("$ pkg ", "").replace(recorded, image));
    Client.Run run = client.run(words.toArray(String[]::new));
    String text = Files.readString(golden(step));
    String expected = text.substring(text.indexOf("=== stdout\n") + 11, text.indexOf("=== stderr"));
    assertThat(run.out().replace(directory.toString(), "/golden"))
        .as(run.err())
        .isEqualTo(expected);
    assertThat(text).contains("=== rc " + run.status() + "\n");
    return run;
  }

  private static void prepare(String image) {
    if (!Files.exists(directory.resolve(image))) {
      client.run(
          "image-create",
          "-F",
          "--variant",
          "variant.arch=i386",
          "--facet",
          "facet.locale.fr=false",
          "-p",
          "alpha.example=file://repo",
          image);
      if (image.equals("two")) {
        client.run("-R", image, "set-publisher", "-p", "file://repo");
      }
    }
  }

  /** The recorded commands escape with backslashes only. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (c == ' ') {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }
}

package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.image.image.Image;
import emblema.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad input gets: each message is a golden. */
class CommandErrorsTest {
  @TempDir Path directory;
  private Client client = new Client(Path.of(""));

  @BeforeEach
  void createImage() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    client = new Client(directory);
    assertThat(client.run("image-create", "-F", "-p", "file://repo", "img").status()).isZero();
  }

  private String transcript(List<String> commands) {
    StringBuilder out = new StringBuilder();
    for (String command : commands) {
      Client.Run run = client.run(command.split(" ", -1));
      out.append("$ pkg ").append(command).append('\n').append(run.text(directory)).append('\n');
    }
    return out.toString();
  }

  @Test
  void explainsBadRequests() {
    Goldens.check(
        "golden/errors/requests.txt",
        transcript(
            List.of(
                "-R nosuchdir list",
                "frobnicate",
                "-R img lst",
                "-R img list --nosuch",
                "-R img list -an",
                "-R img list -a -o name,state",
                "-R img list",
                "-R img list nosuch",
                "-R img list -af core nosuch",
                "-R img list -g file://repo",
                "-R img info",
                "-R img info -r",
                "-R img info -r nosuch core",
                "-R img contents nosuch",
                "-R img contents -t nosuch",
                "-R img contents -o action.nosuch",
                "-R img history -o reason,user",
                "-R img history -n 0",
                "-R img avoid nosuch",
                "-R img unavoid core",
                "-R img freeze core",
                "-R img freeze nosuch@1",
                "-R img unfreeze core",
                "-R img property nosuch",
                "-R img set-property be-policy sometimes",
                "-R img set-property send-uuid maybe",
                "-R img mediator nosuch",
                "-R img verify nosuch",
                "-R img version")));
  }

  @Test
  void explainsWhatIsWrongWithPublishers() {
    Goldens.check(
        "golden/errors/publishers.txt",
        transcript(
            List.of(
                "-R img publisher nosuch",
                "-R img refresh nosuch",
                "-R img set-publisher",
                "-R img set-publisher new.example",
                "-R img set-publisher -g file://nowhere new.example",
                "-R img set-publisher -g file://repo new.example",
                "-R img set-publisher -g http://127.0.0.1:1/ new.example",
                "-R img set-publisher -g file://repo alpha.example",
                "-R img set-publisher -G file://elsewhere alpha.example",
                "-R img set-publisher -P --search-after beta.example alpha.example",
                "-R img set-publisher --search-after nosuch alpha.example",
                "-R img set-publisher --set-property signature-policy=maybe alpha.example",
                "-R img set-publisher -p file://repo nosuch",
                "-R img set-publisher -d alpha.example",
                "-R img refresh alpha.example",
                "-R img set-publisher -c cert alpha.example",
                "-R img unset-publisher nosuch",
                "-R img unset-publisher nosuch beta.example",
                "image-create -F img",
                "image-create -p file://nowhere other",
                "image-create -p new.example=file://repo other",
                "image-create -g file://repo other",
                "image-create --facet a=b other",
                "image-create -k key other")));
    assertThat(directory.resolve("other")).doesNotExist();
  }

  @Test
  void explainsDamage() throws IOException {
    Path meta = directory.resolve("img/var/pkg");
    Path config = meta.resolve("pkg5.image");
    String good = Files.readString(config);
    StringBuilder all = new StringBuilder();
    Files.writeString(config, good.replace("be-policy = default", "be-policy default"));
    all.append(transcript(List.of("-R img list")));
    Files.writeString(config, good.replace("version = 4", "version = 5"));
    all.append(transcript(List.of("-R img list -a")));
    Files.writeString(config, good.replace("origins = ['", "origins = ['a' '"));
    all.append(transcript(List.of("-R img refresh")));
    Files.writeString(config, good);
    Path base = meta.resolve("state/known/catalog.base.C");
    String state = Files.readString(base);
    Files.writeString(base, state.substring(0, 100));
    all.append(transcript(List.of("-R img list -a --no-refresh")));
    Files.writeString(base, state);
    Files.move(directory.resolve("repo"), directory.resolve("moved"));
    all.append(transcript(List.of("-R img refresh", "-R img info -r core")));
    Goldens.check("golden/errors/damage.txt", all.toString());
  }

  @Test
  void saysWhoHoldsTheLock() {
    try (Image image = Image.open(RealDisk.open(directory.resolve("img")));
        FileLock lock = image.lock("other", Clock.fixed(Client.NOW, ZoneOffset.UTC))) {
      assertThat(lock).isNotNull();
      Client.Run run = client.run("-R", "img", "set-property", "be-policy", "always-new");
      assertThat(run.status()).isEqualTo(7);
      assertThat(run.err())
          .startsWith(
              "pkg set-property: image '" + directory + "/img' is in use by another process\n");
      assertThat(client.run("-R", "img", "list", "-a").status()).isZero();
    }
  }

  @Test
  void recordsFailuresToo() {
    client.run("-R", "img", "avoid", "nosuch");
    client.run("-R", "img", "avoid", "tools/extra");
    assertThat(client.run("-R", "img", "history", "-H", "-o", "operation,outcome,reason").out())
        .isEqualTo(
            """
            image-create             Succeeded   None
            avoid                    Failed      Bad Request
            avoid                    Succeeded   None
            """);
    assertThat(client.run("-R", "img", "avoid").out()).isEqualTo("    tools/extra\n");
    assertThat(client.run("-R", "img", "unavoid", "tools/extra").status()).isZero();
    assertThat(client.run("-R", "img", "avoid").out()).isEmpty();
  }

  @Test
  void findsTheImageAboveTheDirectoryItIsStartedIn() throws IOException {
    Path below = Files.createDirectories(directory.resolve("img/usr/deep"));
    assertThat(new Client(below).run("property", "-H", "be-policy").out())
        .isEqualTo("be-policy default\n");
    assertThat(new Client(directory).run("property").err())
        .startsWith("pkg property: No image found\n");
  }

  @Test
  void readingNeverWrites() throws IOException {
    var before = emblema.testkit.TreeSnapshot.of(directory.resolve("img"));
    for (String command :
        List.of(
            "list",
            "list -af --no-refresh",
            "publisher",
            "info -r core",
            "contents -r core",
            "history",
            "verify",
            "property",
            "facet",
            "variant",
            "mediator",
            "avoid",
            "freeze")) {
      client.run(("-R img " + command).split(" ", -1));
    }
    assertThat(emblema.testkit.TreeSnapshot.of(directory.resolve("img"))).isEqualTo(before);
  }
}

package emblema.depot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.store.file.FileRepository;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepotConfigTest {
  @TempDir private Path directory = Path.of("unset");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeARepository() {
    FileRepository.create(directory.resolve("repo")).close();
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false));
    return Launcher.run(
        DepotConfig.program(),
        List.of(arguments),
        new Session.Surroundings(console, Map.of(), directory, Clock.systemUTC()));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysWhereTheConfigurationIsAndHowToStartTheServer() {
    assertThat(run("-d", "repo", "-r", "run", "-p", "8080")).as(errors()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(directory.resolve("run/nginx.conf") + "\n");
    assertThat(errors()).contains("nginx -c ");
    assertThat(directory.resolve("run/nginx.conf")).content().contains("listen 8080;");
    assertThat(run("-d", "repo", "-r", "run", "-t", "apache2", "-a", "localhost")).isZero();
    assertThat(directory.resolve("run/depot.conf")).content().contains("Listen localhost:80");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(run("-r", "run")).isEqualTo(2);
    assertThat(run("-d", "repo")).isEqualTo(2);
    assertThat(run("-d", "repo", "-r", "run", "-p", "0")).isEqualTo(2);
    assertThat(run("-d", "repo", "-r", "run", "-t", "iis")).isEqualTo(2);
    assertThat(run("-d", "a=repo", "-d", "a=repo", "-r", "run")).isEqualTo(2);
    assertThat(run("-d", "missing", "-r", "run")).isEqualTo(1);
    assertThat(errors()).contains("missing");
    assertThat(run("-d", "repo", "-r", "run", "-P", "\"; evil")).isEqualTo(2);
    assertThat(run("-d", "repo", "-r", "run", "-a", "host;")).isEqualTo(2);
  }
}

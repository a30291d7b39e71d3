package emblema.depot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SMF and systemd run: the real script and the real command, with a site's properties. */
class DepotServiceTest {
  private static final Path MANIFESTS = Path.of("..", "..", "manifests").toAbsolutePath();

  @TempDir Path directory;
  private Path repository;

  @BeforeEach
  void create() throws IOException {
    repository = directory.resolve("the repository");
    FileRepository.create(repository).close();
  }

  private record Ended(int status, String output) {}

  private Ended run(Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Ended(process.waitFor(), output);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static List<String> java(String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                main));
    command.addAll(List.of(arguments));
    return command;
  }

  private String script(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  /** Runs the start method with properties; the depot is a script that prints its arguments. */
  private Ended start(String depot, String properties) throws IOException {
    Files.writeString(directory.resolve("properties"), properties);
    String svcprop =
        script(
            "svcprop",
            "sed -n \"s|^$2 ||p\" '" + directory.resolve("properties") + "' | grep . || exit 1\n");
    String include = directory.resolve("smf_include.sh").toString();
    Files.writeString(Path.of(include), "SMF_EXIT_ERR_CONFIG=96\n");
    return run(
        Map.of(
            "SMF_INCLUDE",
            include,
            "SVCPROP",
            svcprop,
            "PKG_DEPOTD",
            depot,
            "SMF_FMRI",
            "svc:/application/pkg/server:default"),
        List.of("/bin/sh", MANIFESTS.resolve("smf/pkg-server").toString()));
  }

  @Test
  void thePropertiesOfTheServiceAreTheOptionsOfTheCommand() throws IOException {
    String properties =
        "pkg/inst_root "
            + repository.toString().replace(" ", "\\ ")
            + "\npkg/port 0\npkg/readonly true\npkg/mirror false\npkg/threads 64\n"
            + "pkg/address 127.0.0.1 ::1\npkg/log_access none\npkg/proxy_base \"\"\n";
    String print = script("print", "for each; do printf '%s\\n' \"$each\"; done\n");
    Ended ended = start(print, properties);
    List<String> options = ended.output().lines().toList();
    assertThat(options)
        .containsExactly(
            "-d",
            repository.toString(),
            "--readonly",
            "-p",
            "0",
            "-s",
            "64",
            "--log-access",
            "none",
            "-a",
            "127.0.0.1",
            "-a",
            "::1");
    List<String> real = new ArrayList<>(options.subList(0, options.size() - 2));
    real.add("--exit-ready");
    Ended depot = run(Map.of(), java("emblema.depot.cli.Depotd", real.toArray(String[]::new)));
    assertThat(depot.status()).as(depot.output()).isZero();
  }

  @Test
  void aServiceWithoutARepositoryGoesToMaintenanceAndSaysWhatToDo() throws IOException {
    Ended ended = start(script("print", "exit 0\n"), "pkg/inst_root /no/such/place\n");
    assertThat(ended.status()).isEqualTo(96);
    assertThat(ended.output()).contains("'/no/such/place'", "setprop pkg/inst_root");
    assertThat(start("/no/such/command", "").status()).isEqualTo(96);
  }

  @Test
  void theUnitStartsTheCommandWithOptionsThatItTakes() throws IOException {
    List<String> unit = Files.readAllLines(MANIFESTS.resolve("systemd/pkg-depotd@.service"));
    String start =
        unit.stream().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow();
    assertThat(start)
        .isEqualTo("ExecStart=/usr/lib/emblema/bin/pkg.depotd -d /srv/pkg/%i $OPTIONS");
    String example =
        unit.stream().filter(line -> line.contains("OPTIONS=")).findFirst().orElseThrow();
    List<String> options =
        new ArrayList<>(List.of(example.substring(example.indexOf('=') + 1).split(" ")));
    options.set(options.indexOf("-p") + 1, "0");
    options.addAll(List.of("-d", repository.toString(), "--exit-ready"));
    Ended depot = run(Map.of(), java("emblema.depot.cli.Depotd", options.toArray(String[]::new)));
    assertThat(depot.status()).as(depot.output()).isZero();
  }
}

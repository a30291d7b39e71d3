package emblema.flash.deploy;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.core.event.Event;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.deploy.DeploymentOptions.Check;
import emblema.flash.reset.RootPassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A system with boot environments, of which "one" runs, and what a deployment told. */
final class Machine implements AutoCloseable {
  final DirectoryEnvironments environments;
  final List<String> warnings = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  private final Path root;
  private DeploymentOptions options = DeploymentOptions.USUAL;

  Machine(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    int[] count = new int[1];
    this.environments =
        DirectoryEnvironments.create(
            DirectoryEnvironments.disk(root),
            "one",
            new DirectoryEnvironments.Setting(
                Clock.systemUTC(),
                () -> "uuid-" + count[0]++,
                FileLock.Owner.of("test", "here"),
                Durability.NONE));
  }

  Path one() {
    return root.resolve("be/one");
  }

  /** The tree of an environment, whether it exists or not. */
  Path tree(String name) {
    return root.resolve("be/" + name);
  }

  /** Everything below {@code be}, half-made environments too. */
  List<String> trees() {
    return Arrays.stream(root.resolve("be").toFile().list()).sorted().toList();
  }

  Machine with(DeploymentOptions wanted) {
    options = wanted;
    return this;
  }

  static DeploymentOptions skipping(Check... checks) {
    return options(false, false, Optional.empty(), Optional.empty(), false, checks);
  }

  static DeploymentOptions forcing(Check... checks) {
    return options(true, false, Optional.empty(), Optional.empty(), false, checks);
  }

  static DeploymentOptions strict() {
    return options(false, false, Optional.empty(), Optional.empty(), true);
  }

  static DeploymentOptions running() {
    return options(false, true, Optional.empty(), Optional.empty(), false);
  }

  static DeploymentOptions running(Duration timeout) {
    return options(false, true, Optional.of(timeout), Optional.empty(), false);
  }

  static DeploymentOptions running(boolean archives, Path local) {
    return options(false, archives, Optional.empty(), Optional.of(local), false);
  }

  private static DeploymentOptions options(
      boolean force,
      boolean runsScripts,
      Optional<Duration> timeout,
      Optional<Path> local,
      boolean isStrict,
      Check... checks) {
    Set<Check> skipped = EnumSet.noneOf(Check.class);
    skipped.addAll(List.of(checks));
    return new DeploymentOptions(
        skipped, force, runsScripts, timeout, local, true, RootPassword.KEEP, isStrict);
  }

  DeploymentReport deploy(Path archive, String name) {
    return apply(archive, new Target.NewEnvironment(environments, name, "", false));
  }

  DeploymentReport deployTo(Path archive, Path directory) {
    return apply(archive, new Target.Directory(directory, false));
  }

  DeploymentPlan plan(Path archive, Target target) {
    return deployment().plan(source(archive), target, options);
  }

  private DeploymentReport apply(Path archive, Target target) {
    return deployment().apply(plan(archive, target));
  }

  private Deployment deployment() {
    return new Deployment(
        Set.of("test"),
        Map.of("PATH", "/usr/bin:/bin"),
        event -> {
          if (event instanceof Event.Warning warning) {
            warnings.add(warning.text());
          } else if (event instanceof Event.Note note) {
            notes.add(note.text());
          }
        });
  }

  static ArchiveSource source(Path archive) {
    return new ArchiveSource() {
      @Override
      public String name() {
        return archive.getFileName().toString();
      }

      @Override
      public boolean isRepeatable() {
        return true;
      }

      @Override
      public ArchiveReader open() {
        try {
          return new ArchiveReader(Files.newInputStream(archive), name());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  List<String> names() {
    return environments.list().stream().map(BootEnvironment::name).toList();
  }

  @Override
  public void close() {
    environments.close();
  }
}

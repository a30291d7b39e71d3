package emblema.smf;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.UsageException;
import emblema.core.io.FileLock;
import emblema.smf.migrate.Area;
import emblema.smf.migrate.Areas;
import emblema.smf.migrate.Migration;
import emblema.smf.migrate.MigrationReport;
import emblema.smf.migrate.MountTable;
import emblema.smf.migrate.Places;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The command {@code shared-migrate}: moves what an update staged in a boot environment to the
 * shared directories. See docs/man/shared-migrate.8.
 */
public final class MigrateMain {
  private static final Path MOUNT_TABLE = Path.of("/proc/self/mountinfo");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Map<String, String> environment;
  private final Clock clock;
  private final RandomGenerator random;
  private final PrintStream out;
  private final PrintStream err;

  MigrateMain(
      Map<String, String> environment,
      Clock clock,
      RandomGenerator random,
      PrintStream out,
      PrintStream err) {
    this.environment = environment;
    this.clock = clock;
    this.random = random;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(
        new MigrateMain(System.getenv(), Clock.systemUTC(), new SecureRandom(), out, err)
            .run(List.of(arguments)));
  }

  /** Runs the command; its exit status. */
  int run(List<String> arguments) {
    ExitStatus.Style style =
        environment.containsKey("SMF_FMRI") ? ExitStatus.Style.SMF : ExitStatus.Style.SYSTEMD;
    Output output = new Output(out, err, false, false, false);
    try {
      Options options = parse(arguments);
      style = options.givenExit().orElse(style);
      output = new Output(out, err, options.json(), options.verbose(), options.quiet());
      return run(options, output).code(style);
    } catch (UsageException e) {
      output.error(e);
      return ExitStatus.USAGE.code(style);
    } catch (EmblemaException e) {
      output.error(e);
      return ExitStatus.of(e).code(style);
    } catch (RuntimeException e) {
      e.printStackTrace(err);
      return ExitStatus.BUG.code(style);
    }
  }

  private static Options parse(List<String> arguments) {
    try {
      return Options.parse(arguments);
    } catch (MalformedException e) {
      throw new UsageException(e.reason(), null, e.hints(), e);
    }
  }

  private ExitStatus run(Options options, Output output) {
    if (options.help()) {
      out.print(Options.HELP);
      return ExitStatus.OK;
    }
    if (options.version()) {
      String version = MigrateMain.class.getPackage().getImplementationVersion();
      out.println("shared-migrate " + (version == null ? "(development)" : version));
      return ExitStatus.OK;
    }
    try (Environment opened = Environment.open(options.root(), options.shared())) {
      MigrationReport report = migrate(options, output, opened.places());
      output.summary(report, options.dryRun());
      if (report.storageFailures() > 0) {
        return ExitStatus.STORAGE;
      }
      if (report.hasLeftovers() && options.strict()) {
        return ExitStatus.LEFTOVERS;
      }
      boolean isIdle = !report.isChange() && !report.hasLeftovers();
      return isIdle && options.disableWhenIdle() ? ExitStatus.IDLE : ExitStatus.OK;
    }
  }

  private MigrationReport migrate(Options options, Output output, Places places) {
    List<Area> areas =
        Areas.read(
            places.disk(), options.config().stream().map(places.environment()::resolve).toList());
    byte[] token = new byte[8];
    random.nextBytes(token);
    Migration migration =
        new Migration(
            places,
            areas,
            options.givenName().orElseGet(() -> Environment.name(options.root(), MOUNT_TABLE)),
            new MountTable(MOUNT_TABLE),
            clock,
            FileLock.Owner.of("shared-migrate", host()),
            HexFormat.of().formatHex(token),
            output::change,
            output::event);
    return options.dryRun() ? migration.preview() : migration.run();
  }

  private String host() {
    String named = environment.getOrDefault("HOSTNAME", "");
    if (!named.isEmpty()) {
      return named;
    }
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "this machine";
    }
  }
}

package emblema.smf;

import emblema.core.error.UsageException;
import emblema.core.io.SafePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code shared-migrate}, checked.
 *
 * @param config below the root; the last one's files count
 * @param shared from shared roots of the environment to where they are
 */
record Options(
    Path root,
    List<SafePath> config,
    Map<SafePath, Path> shared,
    @Nullable String name,
    ExitStatus.@Nullable Style exit,
    boolean dryRun,
    boolean json,
    boolean verbose,
    boolean quiet,
    boolean strict,
    boolean disableWhenIdle,
    boolean help,
    boolean version) {

  Options {
    config = List.copyOf(config);
    shared = Map.copyOf(shared);
  }

  static final String HELP =
      """
      Usage: shared-migrate [OPTION]...
      Move what an update staged in the boot environment to the shared directories.

        --root DIR           serve the environment whose root is DIR (default /)
        --config DIR         read drop-in files from DIR in the environment; repeatable
                             (default /usr/lib/ips/shared.d, then /etc/ips/shared.d)
        --shared PATH=DIR    the shared root PATH of the environment is DIR; repeatable
        --be NAME            name of the boot environment, for the names of what is moved aside
        --exit STYLE         exit statuses for 'smf' or 'systemd' (default: smf if SMF_FMRI is set)
        --strict             fail when something is left in staging
        --disable-when-idle  with smf, exit 101 when there was nothing to do
        -n, --dry-run        say what would be done, change nothing
        --json               one JSON object a line
        -v, --verbose        a line for each object
        -q, --quiet          only what needs attention
        --help, --version

      See shared-migrate(8).
      """;

  static Options parse(List<String> arguments) {
    return new Parser(arguments.iterator()).parse();
  }

  Optional<String> givenName() {
    return Optional.ofNullable(name);
  }

  Optional<ExitStatus.Style> givenExit() {
    return Optional.ofNullable(exit);
  }

  private static final class Parser {
    private final Iterator<String> rest;
    private Path root = Path.of("/");
    private final List<SafePath> config = new ArrayList<>();
    private final Map<SafePath, Path> shared = new LinkedHashMap<>();
    private final List<String> flags = new ArrayList<>();
    private @Nullable String name;
    private ExitStatus.@Nullable Style exit;

    Parser(Iterator<String> rest) {
      this.rest = rest;
    }

    Options parse() {
      while (rest.hasNext()) {
        String argument = rest.next();
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String option = equals < 0 ? argument : argument.substring(0, equals);
        String attached = equals < 0 ? null : argument.substring(equals + 1);
        switch (option) {
          case "--root" -> root = Path.of(value(option, attached));
          case "--config" -> config.add(SafePath.of(value(option, attached)));
          case "--shared" -> shared(value(option, attached));
          case "--be" -> name = name(value(option, attached));
          case "--exit" -> exit = style(value(option, attached));
          default -> flags.add(flag(argument));
        }
      }
      if (flags.contains("--quiet") && flags.contains("--verbose")) {
        throw new UsageException("options '--quiet' and '--verbose' exclude each other");
      }
      return new Options(
          root,
          config.isEmpty()
              ? List.of(SafePath.of("usr/lib/ips/shared.d"), SafePath.of("etc/ips/shared.d"))
              : config,
          shared,
          name,
          exit,
          flags.contains("--dry-run"),
          flags.contains("--json"),
          flags.contains("--verbose"),
          flags.contains("--quiet"),
          flags.contains("--strict"),
          flags.contains("--disable-when-idle"),
          flags.contains("--help"),
          flags.contains("--version"));
    }

    private String value(String option, @Nullable String attached) {
      if (attached != null) {
        return attached;
      }
      if (!rest.hasNext()) {
        throw new UsageException("option '" + option + "' needs a value", "see --help");
      }
      return rest.next();
    }

    private static String flag(String argument) {
      return switch (argument) {
        case "-n", "--dry-run" -> "--dry-run";
        case "-v", "--verbose" -> "--verbose";
        case "-q", "--quiet" -> "--quiet";
        case "--json", "--strict", "--disable-when-idle", "--help", "--version" -> argument;
        default -> throw new UsageException("unknown argument '" + argument + "'", "see --help");
      };
    }

    private void shared(String value) {
      int equals = value.indexOf('=');
      if (equals < 1 || equals == value.length() - 1) {
        throw new UsageException(
            "option '--shared' needs PATH=DIR, not '" + value + "'", "see --help");
      }
      SafePath logical = SafePath.of(value.substring(0, equals));
      if (logical.isRoot()) {
        throw new UsageException("option '--shared' cannot map '/'", "map a shared root");
      }
      shared.put(logical, Path.of(value.substring(equals + 1)));
    }

    private static String name(String value) {
      if (!value.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,62}")) {
        throw new UsageException(
            "'" + value + "' cannot be the name of a boot environment",
            "letters, digits, '.', '_', ':' and '-', at most 63");
      }
      return value;
    }

    private static ExitStatus.Style style(String value) {
      return switch (value) {
        case "smf" -> ExitStatus.Style.SMF;
        case "systemd" -> ExitStatus.Style.SYSTEMD;
        default ->
            throw new UsageException(
                "option '--exit' must be 'smf' or 'systemd', not '" + value + "'");
      };
    }
  }
}

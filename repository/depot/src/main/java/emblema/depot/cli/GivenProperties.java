package emblema.depot.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.config.Ini;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.store.file.FileRepository;
import emblema.store.file.RepositoryConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Properties of the repository given with {@code --cfg} and {@code --set-property}. */
final class GivenProperties {
  private static final Pattern PROPERTY =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)[./]([A-Za-z][A-Za-z0-9_-]*)=(.*)");

  private GivenProperties() {}

  /** Sets them, those of the command line last; usage error where nothing may be written. */
  static void set(
      FileRepository repository, Arguments arguments, Session session, boolean writable) {
    List<String> given = arguments.values("--set-property");
    if (given.isEmpty() && !arguments.has("--cfg")) {
      return;
    }
    if (!writable) {
      throw new UsageException(
          "--set-property and --cfg may not be used with --readonly or --mirror");
    }
    RepositoryConfiguration before = repository.configuration();
    RepositoryConfiguration configuration = before;
    if (arguments.has("--cfg")) {
      configuration = with(configuration, read(session.resolve(arguments.required("--cfg"))));
    }
    for (String each : given) {
      Matcher property = PROPERTY.matcher(each);
      if (!property.matches()) {
        throw new UsageException(
            "invalid property '" + each + "'", "write it as section/property=value");
      }
      configuration =
          configuration.with(property.group(1), property.group(2), List.of(property.group(3)));
    }
    if (!configuration.equals(before)) {
      repository.configure(configuration);
    }
  }

  private static RepositoryConfiguration with(RepositoryConfiguration configuration, Ini file) {
    RepositoryConfiguration changed = configuration;
    for (var section : file.sections().entrySet()) {
      for (var property : section.getValue().entrySet()) {
        boolean ofTheFormat =
            section.getKey().equals("CONFIGURATION") || property.getKey().equals("version");
        if (!ofTheFormat) {
          changed = changed.with(section.getKey(), property.getKey(), List.of(property.getValue()));
        }
      }
    }
    return changed;
  }

  private static Ini read(Path file) {
    try {
      return Ini.read(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new NotFoundException("'" + file + "' does not exist");
    } catch (IOException e) {
      throw new StorageException("'" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }
}

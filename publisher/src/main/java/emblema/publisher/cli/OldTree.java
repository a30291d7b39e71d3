package emblema.publisher.cli;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.flash.view.ArchiveTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code -A} names: a directory, a full Flash archive, {@code repo:} for nothing but what was
 * published, or {@code be:NAME} for a boot environment.
 */
record OldTree(String text, Session session) {
  private static final String REPOSITORY = "repo:";
  private static final String ENVIRONMENT = "be:";
  private static final String ROOT = "EMBLEMA_BE_ROOT";

  /** The tree, opened; nothing for {@code repo:}. */
  Optional<Disk> open() {
    if (text.equals(REPOSITORY)) {
      return Optional.empty();
    }
    return Optional.of(
        text.startsWith(ENVIRONMENT)
            ? RealDisk.open(environment(text.substring(ENVIRONMENT.length())))
            : directory(text, "-A", Optional.empty(), session));
  }

  /**
   * A directory, or a Flash archive seen as one.
   *
   * @param base what a differential archive changes
   */
  static Disk directory(String text, String option, Optional<Disk> base, Session session) {
    Path path = session.resolve(text);
    if (ArchiveTrees.isArchive(path)) {
      return ArchiveTrees.open(path, base, SendSources.temporary(session), session.events());
    }
    if (!Files.isDirectory(path)) {
      throw new NotFoundException(
          Files.exists(path)
              ? "'" + text + "' is not a directory, and no Flash archive either"
              : "'" + text + "' does not exist",
          "option '" + option + "' names a master tree");
    }
    return RealDisk.open(path);
  }

  private Path environment(String name) {
    Path root =
        session
            .environment(ROOT)
            .map(session::resolve)
            .or(() -> DirectoryEnvironments.rootAbove(session.directory()))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "no environment root at or above '" + session.directory() + "'",
                        "name it with the variable " + ROOT));
    DirectoryEnvironments.Setting looking =
        new DirectoryEnvironments.Setting(
            session.clock(),
            () -> "",
            FileLock.Owner.of(session.program(), "localhost"),
            Durability.FULL);
    try (BootEnvironments all = DirectoryEnvironments.open(root, looking)) {
      return all.find(name)
          .map(BootEnvironment::root)
          .orElseThrow(
              () ->
                  new NotFoundException(
                      "no boot environment '" + name + "' in '" + root + "'",
                      "list them with: beadm list"));
    }
  }
}

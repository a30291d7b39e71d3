package emblema.image.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Session;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.image.change.LiveEnvironment;
import emblema.image.image.HostName;
import emblema.image.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The boot environments around an image, and which of them the image is. */
record RunningEnvironment(Optional<DirectoryEnvironments> all, Optional<LiveEnvironment> live)
    implements AutoCloseable {

  static RunningEnvironment of(Image image, Session session) {
    Path root = image.disk().root();
    Optional<DirectoryEnvironments> all =
        DirectoryEnvironments.rootAbove(real(root)).map(found -> open(found, session));
    return new RunningEnvironment(all, all.flatMap(some -> LiveEnvironment.of(some, root)));
  }

  private static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      return root;
    }
  }

  private static DirectoryEnvironments open(Path root, Session session) {
    return DirectoryEnvironments.open(
        root,
        new DirectoryEnvironments.Setting(
            session.clock(),
            () -> UUID.randomUUID().toString(),
            FileLock.Owner.of(session.program(), HostName.ofThisMachine()),
            Durability.FULL));
  }

  @Override
  public void close() {
    all.ifPresent(DirectoryEnvironments::close);
  }
}

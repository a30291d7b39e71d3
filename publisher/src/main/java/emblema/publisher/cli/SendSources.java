package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.bundle.BundleOptions;
import emblema.publisher.bundle.Ownership;
import emblema.publisher.send.SourceManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What subcommands of {@code pkgsend} read: manifests, directories, bundles. */
final class SendSources {
  private SendSources() {}

  /** The files, or standard input if there are none. */
  static Manifest manifest(List<String> operands, Session session) {
    return operands.isEmpty()
        ? ManifestReader.read(session.console().in(), "standard input")
        : SourceManifest.read(paths(operands, session));
  }

  private static List<Path> paths(List<String> operands, Session session) {
    return operands.stream().map(session.directory()::resolve).toList();
  }

  static List<Path> directories(List<String> operands, Session session) {
    List<Path> directories = paths(operands, session);
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        throw new NotFoundException("'" + directory + "' is not a directory");
      }
    }
    return directories;
  }

  /** For commands with {@code -T} and {@code --target}. */
  static BundleOptions options(Arguments arguments, Session session) {
    return plainOptions(session)
        .with(arguments.values("-T"), Set.copyOf(arguments.values("--target")));
  }

  static BundleOptions plainOptions(Session session) {
    return BundleOptions.of(temporary(session), session.events());
  }

  /** Where compressed archives are unpacked to files without name. */
  static Path temporary(Session session) {
    return session.resolve(session.environment("TMPDIR").orElse("/tmp"));
  }

  /** The names that owners have on this machine. */
  static Ownership ownership() {
    return Ownership.named(Path.of("/etc/passwd"), Path.of("/etc/group"));
  }

  /** Tells what of a bundle cannot be carried over, after everything else has been. */
  static void failOn(List<String> problems, String bundle) {
    if (!problems.isEmpty()) {
      throw MalformedException.listing(
          "not everything of '" + bundle + "' can be a package:", problems);
    }
  }
}

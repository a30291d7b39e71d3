package emblema.store.file;

import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.manifest.ManifestReader;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.testkit.RecordingDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Small repositories for tests: packages whose files hold their own paths. */
public final class SampleRepository {
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  public static final String PUBLISHER = "p.example";

  private SampleRepository() {}

  /** A new repository with one publisher and these packages. */
  public static void create(Path root, String... names) {
    try (FileRepository repository = open(FileRepository.create(root).disk())) {
      repository.addPublisher(PUBLISHER, CLOCK);
      for (String name : names) {
        publish(repository, name, "same", Fmri.parse(name).stem(), name.replace('@', '-'));
      }
    }
  }

  /** Opens on a disk that does not carry out syncs, which take most of the time. */
  public static FileRepository open(Disk disk) {
    return FileRepository.open(disk instanceof RecordingDisk ? disk : new RecordingDisk(disk));
  }

  public static FileRepository open(Path root) {
    return open(RealDisk.open(root));
  }

  /** Publishes one package with files at these paths. */
  public static Fmri publish(FileRepository repository, String name, String... paths) {
    PublicationOptions options = new PublicationOptions(CLOCK, event -> {}, true, 1);
    try (Publication publication = repository.publish(options)) {
      add(publication, name, paths);
      return publication.commit().getFirst();
    }
  }

  public static void add(Publication publication, String name, String... paths) {
    StringBuilder text = new StringBuilder();
    text.append("set name=pkg.summary value=\"of ").append(name).append("\"\n");
    text.append("depend fmri=x type=require\n");
    for (String path : paths) {
      text.append("file NOHASH owner=root group=bin mode=0644 path=").append(path).append('\n');
    }
    publication.add(
        Fmri.parse(name),
        ManifestReader.read(text.toString(), "test"),
        FileRepositoryTest::contentOfPath);
  }

  /** Names of all packages in the catalog. */
  public static List<String> packages(FileRepository repository) {
    List<String> packages = new ArrayList<>();
    repository
        .catalog(PUBLISHER)
        .forEach(
            entry ->
                packages.add(entry.fmri().stem() + "@" + entry.fmri().requireVersion().release()));
    return packages;
  }

  /** The full names of packages in the catalog whose short names are these. */
  public static List<Fmri> named(FileRepository repository, String... names) {
    List<Fmri> found = new ArrayList<>();
    repository
        .catalog(PUBLISHER)
        .forEach(
            entry -> {
              String shown = entry.fmri().stem() + "@" + entry.fmri().requireVersion().release();
              if (List.of(names).contains(shown)) {
                found.add(entry.fmri());
              }
            });
    return found;
  }

  /** The names of all stored payloads. */
  public static List<String> payloads(Path root) throws IOException {
    try (var files = Files.walk(root.resolve("publisher/" + PUBLISHER + "/file"))) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Where the payload with the content of a path lies. */
  public static Path payload(Path root, String path) {
    String sha1 = Digest.SHA1.hex(("content of " + path + "\n").getBytes(StandardCharsets.UTF_8));
    return root.resolve("publisher/" + PUBLISHER + "/file")
        .resolve(sha1.substring(0, 2))
        .resolve(sha1);
  }

  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes ignored)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes ignored)
              throws IOException {
            Files.copy(path, to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

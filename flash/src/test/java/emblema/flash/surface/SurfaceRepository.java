package emblema.flash.surface;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A repository of small packages for tests. */
public final class SurfaceRepository {
  /** When all its packages were published. */
  public static final Instant PUBLISHED = Instant.parse("2026-01-02T03:04:05Z");

  private final Path root;

  /** Makes it. */
  public SurfaceRepository(Path root) {
    this.root = root;
    FileRepository.create(root).close();
  }

  /**
   * Publishes one package.
   *
   * @param lines actions, each file action followed by its content
   */
  public void publish(String name, String... lines) {
    StringBuilder text = new StringBuilder();
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < lines.length; i++) {
      text.append(lines[i]).append('\n');
      if (lines[i].startsWith("file ")) {
        String path = lines[i].replaceFirst(".* path=(\\S+).*", "$1");
        contents.put(path, lines[++i]);
      }
    }
    Manifest manifest = ManifestReader.read(text.toString(), name);
    try (FileRepository repository = FileRepository.open(root);
        Publication publication = repository.publish(() -> PUBLISHED)) {
      Fmri fmri = Fmri.parse("pkg://test/" + name + ",5.11:20260102T030405Z");
      publication.add(fmri, manifest, action -> source(contents, action));
      publication.commit();
    }
  }

  private static PayloadSource source(Map<String, String> contents, Action action) {
    byte[] content = contents.getOrDefault(action.key(), "").getBytes(StandardCharsets.UTF_8);
    return new PayloadSource() {
      @Override
      public long size() {
        return content.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(content);
      }
    };
  }

  /** Replaces the stored payload of a content by that of another. */
  public static void damage(Path root, String content, String other) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] stored = Files.readAllBytes(file);
        if (stored.length > 2 && stored[0] == 0x1f && (stored[1] & 0xFF) == 0x8b) {
          byte[] plain = new GZIPInputStream(new ByteArrayInputStream(stored)).readAllBytes();
          if (new String(plain, StandardCharsets.UTF_8).equals(content)) {
            ByteArrayOutputStream damaged = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(damaged)) {
              gzip.write(other.getBytes(StandardCharsets.UTF_8));
            }
            Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.write(file, damaged.toByteArray());
          }
        }
      }
    }
  }
}

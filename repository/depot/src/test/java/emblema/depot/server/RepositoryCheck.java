package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadGzip;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Whether all that a catalog lists is there, whole. */
final class RepositoryCheck {
  private RepositoryCheck() {}

  /** The names that the catalog lists, each checked down to the bytes of its payloads. */
  static Set<String> packages(Path root, String publisher) {
    Set<String> names = new TreeSet<>();
    Set<String> checked = new TreeSet<>();
    try (FileRepository repository = FileRepository.open(root)) {
      repository
          .catalog(publisher)
          .forEach(
              entry -> {
                byte[] manifest = repository.manifest(entry.fmri());
                assertThat(Digest.SHA1.hex(manifest))
                    .as(entry.fmri().toString())
                    .isEqualTo(entry.manifestSha1());
                ManifestReader.stream(
                    new ByteArrayInputStream(manifest),
                    "manifest",
                    action -> check(repository, publisher, action, checked));
                names.add(entry.fmri().toString());
              });
    }
    return names;
  }

  private static void check(
      FileRepository repository, String publisher, Action action, Set<String> checked) {
    String sha1 = action.payload();
    if (sha1 != null && checked.add(sha1)) {
      try (InputStream in = repository.payload(publisher, sha1)) {
        assertThat(PayloadGzip.facts(in).sha1()).isEqualTo(sha1);
      } catch (IOException e) {
        throw new AssertionError("payload " + sha1, e);
      }
    }
  }
}

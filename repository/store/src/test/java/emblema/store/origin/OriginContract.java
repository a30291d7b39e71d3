package emblema.store.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.Action;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.manifest.ManifestReader;
import emblema.core.task.Tasks;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import emblema.store.p5i.P5i;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What holds of every origin that offers the reference's repository, whatever it is made of. */
public abstract class OriginContract {
  protected static final Fmri CORE =
      Fmri.parse("pkg://alpha.example/base/core@1.0,5.11-0.1:20250101T000001Z");

  /** Opens it anew; the test closes it. */
  protected abstract Origin open();

  private List<CatalogEntry> entries(Origin origin, String publisher) {
    List<CatalogEntry> entries = new ArrayList<>();
    origin.catalog(publisher).forEach(entries::add);
    return entries;
  }

  @Test
  void namesItsPublishersInOrder() {
    try (Origin origin = open()) {
      assertThat(origin.publishers()).containsExactly("alpha.example", "beta.example");
      assertThat(origin.profiles())
          .extracting(P5i.Publisher::prefix)
          .containsExactly("alpha.example", "beta.example");
      assertThat(origin.location()).matches("(file|http):/.*");
    }
  }

  @Test
  void listsEveryVersionByNameAndAge() {
    try (Origin origin = open()) {
      Catalog catalog = origin.catalog("alpha.example");
      assertThat(catalog.publisher()).isEqualTo("alpha.example");
      assertThat(catalog.packageCount()).isEqualTo(19);
      assertThat(catalog.packageVersionCount()).isEqualTo(26);
      assertThat(entries(origin, "alpha.example"))
          .hasSize(26)
          .extracting(CatalogEntry::fmri)
          .isSorted()
          .contains(CORE);
      assertThat(entries(origin, "beta.example")).hasSize(2);
    }
  }

  @Test
  void promisesTheManifestsThatItHas() {
    try (Origin origin = open()) {
      for (CatalogEntry entry : entries(origin, "alpha.example")) {
        byte[] manifest = origin.manifest(entry.fmri());
        assertThat(Digest.SHA1.hex(manifest)).isEqualTo(entry.manifestSha1());
      }
    }
  }

  @Test
  void repeatsTheActionsThatMatterForSolving() {
    try (Origin origin = open()) {
      CatalogEntry gone =
          entries(origin, "alpha.example").stream()
              .filter(entry -> entry.fmri().toString().contains("tools/gone@2.0"))
              .findFirst()
              .orElseThrow();
      assertThat(gone.dependencyActions())
          .anyMatch(action -> action.attributes().get("name", "").equals("pkg.obsolete"));
    }
  }

  @Test
  void givesPayloadsAsTheManifestPromises() throws IOException {
    try (Origin origin = open()) {
      byte[] manifest = origin.manifest(CORE);
      for (Action action : ManifestReader.read(new ByteArrayInputStream(manifest), "m").actions()) {
        for (PayloadReference reference : PayloadReference.of(action)) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (InputStream in = origin.payload("alpha.example", reference.sha1())) {
            assertThat(reference.copy(in, bytes, "payload")).isEqualTo(reference.storedSize());
          }
          try (InputStream in =
              new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(Digest.SHA1.hex(in.readAllBytes())).isEqualTo(reference.sha1());
          }
        }
      }
    }
  }

  @Test
  void servesManyThreadsAtOnce() {
    try (Origin origin = open()) {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        tasks.add(() -> Digest.SHA1.hex(origin.manifest(CORE)));
      }
      assertThat(Tasks.inParallel(30, tasks)).hasSize(60).containsOnly(tasks.getFirst().call());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysWhatItDoesNotHave() {
    try (Origin origin = open()) {
      Fmri none = Fmri.parse("pkg://alpha.example/nosuch@1.0,5.11:20250101T000001Z");
      assertThatThrownBy(() -> origin.manifest(none))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("nosuch");
      assertThatThrownBy(() -> origin.payload("alpha.example", "0".repeat(40)).close())
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("0000");
      assertThatThrownBy(() -> origin.catalog("gamma.example"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("gamma.example");
    }
  }

  @Test
  void givesTheFilesOfItsCatalogIfItKeepsThem() {
    try (Origin origin = open()) {
      origin
          .catalogFiles("alpha.example")
          .ifPresent(
              files -> {
                assertThat(
                        new String(
                            files.read("catalog.attrs"), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"package-version-count\":26");
                assertThatThrownBy(() -> files.read("catalog.nosuch.C"))
                    .isInstanceOf(NotFoundException.class);
              });
    }
  }
}

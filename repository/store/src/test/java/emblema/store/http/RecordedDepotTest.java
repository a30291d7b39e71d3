package emblema.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.json.Json;
import emblema.store.p5i.P5i;
import emblema.testkit.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** We understand what the reference's depot really sends. */
class RecordedDepotTest {
  private static final Fmri CORE =
      Fmri.parse("pkg://alpha.example/base/core@1.0,5.11-0.1:20250101T000001Z");

  private final RecordedDepot recorded = new RecordedDepot();
  private RawServer server;
  private HttpOrigin origin;

  @BeforeEach
  void open() {
    server = new RawServer(recorded);
    origin = HttpOrigin.open(server.address(), Quick.SETTINGS);
  }

  @AfterEach
  void close() {
    origin.close();
    server.close();
  }

  @Test
  void learnsItsPublishers() {
    assertThat(origin.publishers()).containsExactly("alpha.example", "beta.example");
    P5i.Publisher alpha = origin.profiles().getFirst();
    assertThat(alpha.alias()).hasValue("al");
    assertThat(alpha.repository().flatMap(P5i.Repository::name)).hasValue("Golden");
    assertThat(alpha.repository().flatMap(P5i.Repository::refreshSeconds)).hasValue(3600L);
    assertThat(origin.profiles().getLast()).isEqualTo(P5i.Publisher.bare("beta.example"));
  }

  @Test
  void readsACatalogThatFitsItsSignatures() {
    Catalog catalog = origin.catalog("alpha.example");
    assertThat(catalog.packageCount()).isEqualTo(19);
    List<String> names = new ArrayList<>();
    catalog.forEach(entry -> names.add(entry.fmri().toString()));
    assertThat(names).hasSize(26).contains(CORE.toString());
    assertThat(catalog.lastModified()).isEqualTo("2026-11-20T20:43:49.190791Z");
  }

  @Test
  void readsOneCatalogFile() {
    byte[] log = origin.catalogFiles("alpha.example").orElseThrow().read("update.20261120T20Z.C");
    assertThat(new String(log, java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"op-type\":\"add\"");
    assertThat(CatalogAttributes.FILE).isEqualTo("catalog.attrs");
  }

  @Test
  void readsAManifest() {
    byte[] manifest = origin.manifest(CORE);
    List<String> promised = new ArrayList<>();
    origin
        .catalog("alpha.example")
        .forEach(
            entry -> {
              if (entry.fmri().equals(CORE)) {
                promised.add(entry.manifestSha1());
              }
            });
    assertThat(promised).containsExactly(Digest.SHA1.hex(manifest));
  }

  @Test
  void readsAPayload() throws IOException {
    String sha1 = "88997bdcb5e3bb1d53649afee69e28ba9bb03cca";
    try (InputStream in = new GZIPInputStream(origin.payload("alpha.example", sha1))) {
      assertThat(Digest.SHA1.hex(in.readAllBytes())).isEqualTo(sha1);
    }
    assertThat(server.count("/alpha.example/file/1/" + sha1)).isEqualTo(1);
  }

  @Test
  void goesOnWithTheRangeThatTheDepotSends() throws IOException {
    String sha1 = "88997bdcb5e3bb1d53649afee69e28ba9bb03cca";
    byte[] range = recorded.named("033-file1-range");
    RawServer cutting =
        new RawServer(
            (request, out) -> {
              if (!request.target().endsWith(sha1)) {
                recorded.write(request, out);
              } else if (request.headers().containsKey("range")) {
                assertThat(request.headers()).containsEntry("range", "bytes=5-");
                out.write(range);
              } else {
                RawServer.head(out, 200, 44);
                try (InputStream whole = origin.payload("alpha.example", sha1)) {
                  out.write(whole.readNBytes(5));
                }
              }
            });
    try (cutting;
        HttpOrigin resumed = HttpOrigin.open(cutting.address(), Quick.SETTINGS);
        InputStream in = new GZIPInputStream(resumed.payload("alpha.example", sha1))) {
      assertThat(Digest.SHA1.hex(in.readAllBytes())).isEqualTo(sha1);
    }
  }

  @Test
  void tellsWhatIsNotThere() {
    Fmri none = Fmri.parse("pkg://alpha.example/nosuch@1.0,5.11:20250101T000001Z");
    assertThatThrownBy(() -> origin.manifest(none))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("nosuch@1.0");
    String zeros = "0".repeat(40);
    assertThatThrownBy(() -> origin.payload("alpha.example", zeros))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> origin.catalog("gamma.example"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no publisher 'gamma.example'");
    assertThat(server.count("/alpha.example/file/1/" + zeros)).isEqualTo(1);
  }

  @Test
  void passesTheDepotsOwnWordsOn() {
    Wire wire = origin.wire();
    String path = "open/0/pkg%3A%2F%2Falpha.example%2Fhttp%2Fdemo%401.0%2C5.11%3A20250505T050505Z";
    assertThatThrownBy(() -> wire.document(path, 1 << 16, false))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "the specified FMRI, 'pkg://alpha.example/http/demo@1.0,5.11:20250505T050505Z',"
                + " already exists or has been restricted");
  }

  @Test
  void readsTheStatus() {
    Json.Members status = origin.status();
    assertThat(status.members("repository").flatMap(r -> r.text("status"))).hasValue("online");
  }
}

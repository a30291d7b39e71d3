package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.ActionReader;
import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.store.publication.PayloadSource;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that stay open on disk. */
class TransactionsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T20:20:16Z"));

  @TempDir Path directory;
  private FileRepository repository = unset();

  @SuppressWarnings("NullAway")
  private static FileRepository unset() {
    return null;
  }

  @BeforeEach
  void makeARepository() {
    repository = FileRepository.create(directory.resolve("repo"));
    repository.addPublisher("example.com", CLOCK);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Transaction open(String fmri) {
    return repository.transactions(CLOCK).open(Fmri.parse(fmri));
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static InputStream stream(String text) {
    return stream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha1(String text) {
    return Digest.SHA1.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PayloadSource content(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PayloadSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return stream(bytes);
      }
    };
  }

  private List<String> catalogued() {
    List<String> names = new ArrayList<>();
    repository
        .catalog("example.com")
        .forEach(
            entry -> {
              names.add(entry.fmri().toString());
              assertThat(Digest.SHA1.hex(repository.manifest(entry.fmri())))
                  .isEqualTo(entry.manifestSha1());
            });
    return names;
  }

  private String manifest(Fmri fmri) {
    return new String(repository.manifest(fmri), StandardCharsets.UTF_8);
  }

  private Path trans() {
    return directory.resolve("repo/publisher/example.com/trans");
  }

  @Test
  void namesATransactionAsTheReferenceDoes() {
    Transaction transaction = open("app/hello@1.1,5.11-0.1");
    assertThat(transaction.id().text())
        .isEqualTo(
            "1795206016_pkg%3A%2F%2Fexample.com%2Fapp%2Fhello%401.1%2C5.11-0.1%3A20261120T202016Z");
    assertThat(trans().resolve(transaction.id().text()).resolve("manifest"))
        .hasContent(
            "set name=pkg.fmri"
                + " value=pkg://example.com/app/hello@1.1,5.11-0.1:20261120T202016Z\n");
    assertThat(
            TransactionId.parse(
                "1795206016_pkg://example.com/app/hello@1.1,5.11-0.1:20261120T202016Z"))
        .isEqualTo(transaction.id());
  }

  @Test
  void publishesActionsAddedOneByOneByDifferentProcesses() throws IOException {
    TransactionId id = open("a@1").id();
    try (FileRepository other = FileRepository.open(directory.resolve("repo"))) {
      Transaction resumed = other.transactions(CLOCK).resume(id);
      resumed.add(ActionReader.read("dir path=opt owner=root group=bin mode=0755"), null);
      resumed.add(
          ActionReader.read("file NOHASH path=opt/k owner=root group=bin mode=0644"),
          content("keep\n"));
      resumed.add(
          ActionReader.read("file NOHASH path=opt/l owner=root group=bin mode=0644"),
          content("keep\n"));
    }
    assertThat(catalogued()).isEmpty();
    Fmri fmri = repository.transactions(CLOCK).resume(id).close(true);
    assertThat(catalogued()).containsExactly(fmri.toString());
    assertThat(manifest(fmri)).contains("path=opt/k").contains("file " + sha1("keep\n"));
    try (InputStream payload = repository.payload("example.com", sha1("keep\n"))) {
      assertThat(PayloadGzip.facts(payload).size()).isEqualTo(5);
    }
    assertThat(trans()).isEmptyDirectory();
    assertThatThrownBy(() -> repository.transactions(CLOCK).resume(id))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no transaction matching '" + id + "'");
  }

  @Test
  void publishesUploadedFilesAndManifest() throws IOException {
    Transaction transaction = open("a@1");
    transaction.upload(sha1("data"), stream(gzip("data")));
    String certificate = transaction.uploadContent(stream("certificate"));
    assertThat(certificate).isEqualTo(sha1("certificate"));
    String text = "file " + sha1("data") + " path=x owner=root group=bin mode=0644";
    transaction.addManifest(stream(gzip(text)));
    Fmri fmri = transaction.close(true);
    assertThat(manifest(fmri)).isEqualTo("set name=pkg.fmri value=" + fmri + "\n" + text + "\n");
    try (InputStream payload = repository.payload("example.com", sha1("data"))) {
      assertThat(payload.readAllBytes()).isEqualTo(gzip("data"));
    }
  }

  @Test
  void refusesAnUploadThatIsNotWhatItIsCalled() {
    Transaction transaction = open("a@1");
    assertThatThrownBy(() -> transaction.upload(sha1("other"), stream(gzip("data"))))
        .isInstanceOf(IntegrityException.class);
    byte[] whole = gzip("data and more data");
    byte[] part = java.util.Arrays.copyOf(whole, whole.length - 9);
    assertThatThrownBy(() -> transaction.upload(sha1("data and more data"), stream(part)))
        .isInstanceOf(IntegrityException.class);
    assertThatThrownBy(() -> transaction.upload("../../../pkg5.repository", stream(whole)))
        .isInstanceOf(MalformedException.class);
    assertThat(trans().resolve(transaction.id().text()).toFile().list())
        .containsExactly("manifest");
  }

  @Test
  void refusesToCloseWithoutAPayload() {
    Transaction transaction = open("a@1");
    String text = "file " + sha1("data") + " path=x owner=root group=bin mode=0644";
    transaction.addManifest(stream(text));
    assertThatThrownBy(() -> transaction.close(true))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("was not delivered");
    assertThat(catalogued()).isEmpty();
    transaction.upload(sha1("data"), stream(gzip("data")));
    transaction.close(true);
    assertThat(catalogued()).hasSize(1);
  }

  @Test
  void leavesTheTransactionAsItWasWhenAManifestIsRefused() {
    Transaction transaction = open("a@1");
    for (String bad :
        List.of(
            "nonsense",
            "set name=pkg.fmri value=pkg://example.com/other@1",
            "set name=pkg.obsolete value=true\ndir path=x owner=a group=b mode=0755")) {
      assertThatThrownBy(() -> transaction.addManifest(stream(bad)))
          .isInstanceOf(MalformedException.class);
    }
    Fmri fmri = transaction.close(true);
    assertThat(manifest(fmri)).isEqualTo("set name=pkg.fmri value=" + fmri + "\n");
  }

  @Test
  void refusesWhatIsPublishedOrOpenAlready() {
    Transaction transaction = open("a@1:20260101T000000Z");
    assertThatThrownBy(() -> open("a@1:20260101T000000Z"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("already open");
    transaction.close(true);
    assertThatThrownBy(() -> open("a@1:20260101T000000Z"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("already exists");
    assertThat(open("b@1").fmri()).isNotEqualTo(open("b@1").fmri());
  }

  @Test
  void appendsOnlySignaturesAndRecataloguesThePackage() {
    Fmri fmri = open("a@1:20260101T000000Z").close(true);
    Transaction append = repository.transactions(CLOCK).append(fmri);
    assertThat(append.isAppend()).isTrue();
    assertThatThrownBy(() -> append.add(ActionReader.read("set name=a value=b"), null))
        .hasMessage("only a signature can be appended to an existing package");
    String signature = "signature algorithm=sha256 value=00 version=0";
    append.addManifest(stream(signature));
    append.close(true);
    assertThat(manifest(fmri)).endsWith(signature + "\n");
    assertThat(catalogued()).containsExactly(fmri.toString());
    assertThat(directory.resolve("repo/publisher/example.com/catalog/update.20261120T20Z.C"))
        .content()
        .contains("\"op-type\":\"remove\"")
        .contains("\"op-type\":\"add\"");
    assertThatThrownBy(
            () -> repository.transactions(CLOCK).append(Fmri.parse("no@1:20260101T000000Z")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void saysInTheManifestHowOthersStoredThePayloadMeanwhile() throws IOException {
    Transaction transaction = open("a@1");
    byte[] mine = gzip("data");
    PayloadFacts facts = PayloadGzip.facts(stream(mine));
    transaction.upload(sha1("data"), stream(mine));
    transaction.addManifest(
        stream(
            "file "
                + sha1("data")
                + " path=x owner=root group=bin mode=0644 chash="
                + facts.compressedSha1()));
    Transaction other = open("b@1");
    other.add(
        ActionReader.read("file NOHASH path=opt/k owner=root group=bin mode=0644"),
        content("data"));
    other.close(true);
    Fmri fmri = transaction.close(true);
    try (InputStream payload = repository.payload("example.com", sha1("data"))) {
      assertThat(manifest(fmri)).contains("chash=" + Digest.SHA1.hex(payload.readAllBytes()));
    }
  }

  @Test
  void abandonsWithoutATrace() {
    Transaction transaction = open("a@1");
    transaction.upload(sha1("data"), stream(gzip("data")));
    transaction.abandon();
    assertThat(trans()).isEmptyDirectory();
    assertThat(Files.exists(directory.resolve("repo/publisher/example.com/pkg"))).isFalse();
    assertThatThrownBy(transaction::abandon).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> transaction.close(true)).isInstanceOf(NotFoundException.class);
  }
}

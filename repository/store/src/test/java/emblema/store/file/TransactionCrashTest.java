package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import emblema.testkit.CrashTest;
import emblema.testkit.RecordingDisk;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash at any write of a transaction: nothing is half-visible, and going on completes it. */
class TransactionCrashTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final Fmri FIRST = Fmri.parse("pkg://p.example/a@1,5.11:20260101T000000Z");
  private static final Fmri SECOND = Fmri.parse("pkg://p.example/b@1,5.11:20260101T000000Z");
  private static final String DATA = "data of the package";
  private static final String SIGNATURE = "signature algorithm=sha256 value=00 version=0\n";

  @TempDir Path directory;

  private static String sha1() {
    return Digest.SHA1.hex(DATA.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileRepository open(Disk disk) {
    return FileRepository.open(disk instanceof RecordingDisk ? disk : new RecordingDisk(disk));
  }

  private static void first(Path root) throws IOException {
    Files.createDirectories(root);
    try (FileRepository repository =
        FileRepository.create(new RecordingDisk(RealDisk.open(root)), 4)) {
      repository.addPublisher("p.example", CLOCK);
      repository.transactions(CLOCK).open(FIRST).close(true);
    }
  }

  private static Transaction resumed(Transactions transactions, Fmri fmri, boolean append) {
    try {
      return transactions.resume(TransactionId.of(fmri));
    } catch (NotFoundException e) {
      return append ? transactions.append(fmri) : transactions.open(fmri);
    }
  }

  private static String manifest(FileRepository repository, Fmri fmri) {
    return new String(repository.manifest(fmri), StandardCharsets.UTF_8);
  }

  /** What a publisher does again that was never told that it succeeded. */
  private static void publish(Disk disk) {
    FileRepository repository = open(disk);
    Transactions transactions = repository.transactions(CLOCK);
    transactions.recover();
    if (names(repository).contains(SECOND.toString())) {
      return;
    }
    // a manifest may have been added before the crash, so begin anew
    try {
      transactions.resume(TransactionId.of(SECOND)).abandon();
    } catch (NotFoundException e) {
      // there is none
    }
    Transaction transaction = transactions.open(SECOND);
    transaction.upload(sha1(), new ByteArrayInputStream(TransactionsTest.gzip(DATA)));
    transaction.addManifest(stream("file " + sha1() + " path=x owner=root group=bin mode=0644\n"));
    transaction.close(true);
  }

  private static List<String> names(FileRepository repository) {
    List<String> names = new ArrayList<>();
    repository
        .catalog("p.example")
        .forEach(
            entry -> {
              names.add(entry.fmri().toString());
              assertThat(Digest.SHA1.hex(repository.manifest(entry.fmri())))
                  .isEqualTo(entry.manifestSha1());
            });
    return names;
  }

  @Test
  void aPackageIsThereWithItsPayloadOrNotAtAll() throws Exception {
    Files.createDirectory(directory.resolve("scratch"));
    int states =
        new CrashTest(directory.resolve("scratch"), Seed.next())
            .tree(TransactionCrashTest::first)
            .action(TransactionCrashTest::publish)
            .atMost(Integer.getInteger("tests.crashes", 8))
            .invariant(TransactionCrashTest::isWhole)
            .completed(
                root -> {
                  isWhole(root);
                  try (FileRepository repository = open(RealDisk.open(root))) {
                    assertThat(names(repository))
                        .containsExactly(FIRST.toString(), SECOND.toString());
                    // its removal may be lost with the power; it is found to be done
                    repository.transactions(CLOCK).recover();
                    assertThat(repository.transactions(CLOCK).open()).isEmpty();
                  }
                })
            .run();
    assertThat(states).isGreaterThan(10);
  }

  private static void isWhole(Path root) throws IOException {
    try (FileRepository repository = open(RealDisk.open(root))) {
      if (names(repository).contains(SECOND.toString())) {
        try (InputStream payload = repository.payload("p.example", sha1())) {
          assertThat(PayloadGzip.facts(payload).sha1()).isEqualTo(sha1());
        }
      }
    }
  }

  private static void sign(Disk disk) {
    FileRepository repository = open(disk);
    Transactions transactions = repository.transactions(CLOCK);
    transactions.recover();
    if (manifest(repository, FIRST).contains(SIGNATURE)) {
      return;
    }
    try {
      transactions.resume(TransactionId.of(FIRST)).abandon();
    } catch (NotFoundException e) {
      // there is none
    }
    Transaction transaction = resumed(transactions, FIRST, true);
    transaction.addManifest(stream(SIGNATURE));
    transaction.close(true);
  }

  @Test
  void aSignatureIsThereOrNotAtAllOnceTheDepotHasStartedAgain() throws Exception {
    Files.createDirectory(directory.resolve("scratch"));
    new CrashTest(directory.resolve("scratch"), Seed.next())
        .tree(TransactionCrashTest::first)
        .action(TransactionCrashTest::sign)
        .atMost(Integer.getInteger("tests.crashes", 8))
        .invariant(
            root -> {
              try (FileRepository repository = open(RealDisk.open(root))) {
                repository.transactions(CLOCK).recover();
                assertThat(names(repository)).containsExactly(FIRST.toString());
              }
            })
        .completed(
            root -> {
              try (FileRepository repository = open(RealDisk.open(root))) {
                assertThat(names(repository)).containsExactly(FIRST.toString());
                assertThat(manifest(repository, FIRST))
                    .isEqualTo("set name=pkg.fmri value=" + FIRST + "\n" + SIGNATURE);
              }
            })
        .run();
  }
}

package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.ActionValidation;
import emblema.core.action.ActionWriter;
import emblema.core.action.SignatureAction;
import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.PublishableActions;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One directory {@code trans/ID}: the manifest so far, and payloads under their SHA-1. What is
 * being received has a name {@code upload.PID.N} until it is whole and has been checked.
 */
final class FileTransaction implements Transaction {
  static final String MANIFEST = "manifest";

  /** Marks a directory in which signatures are added to a published package. */
  static final String APPEND = "append";

  private static final String ONLY_SIGNATURES =
      "only a signature can be appended to an existing package";
  private static final AtomicLong SERIAL = new AtomicLong();

  /** Payloads of open transactions that this process has received and checked. */
  private static final Set<Path> RECEIVED = ConcurrentHashMap.newKeySet();

  private final PublisherStore store;
  private final Disk disk;
  private final TransactionId id;
  private final Fmri fmri;
  private final InstantSource clock;
  private final SafePath directory;

  FileTransaction(PublisherStore store, TransactionId id, Fmri fmri, InstantSource clock) {
    this.store = store;
    this.disk = store.disk();
    this.id = id;
    this.fmri = fmri;
    this.clock = clock;
    this.directory = store.layout().transactions().resolve(id.text());
  }

  @Override
  public TransactionId id() {
    return id;
  }

  @Override
  public Fmri fmri() {
    return fmri;
  }

  @Override
  public boolean isAppend() {
    return disk.stat(directory.resolve(APPEND)).isPresent();
  }

  @Override
  public void add(Action action, @Nullable PayloadSource content) {
    requireOpen();
    if (isAppend() && !(action instanceof SignatureAction)) {
      throw new ConflictException(ONLY_SIGNATURES);
    }
    if (PublishableActions.isName(action)) {
      return;
    }
    ActionValidation.check(action, fmri);
    Action complete = action;
    if (action.type().hasPayload() && (content != null || action.payload() != null)) {
      complete = intake().take(action, ignored -> required(action, content));
      received(String.valueOf(complete.payload()));
    }
    append((ActionWriter.write(complete) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static PayloadSource required(Action action, @Nullable PayloadSource content) {
    if (content == null) {
      throw new NotFoundException(
          "the content of '" + ActionWriter.write(action) + "' is neither given nor stored");
    }
    return content;
  }

  private PayloadIntake intake() {
    List<String> staged = disk.list(directory).stream().filter(StoreLayout::isSha1).toList();
    return PayloadIntake.resumed(store, directory, staged, unnamed() + ".");
  }

  /** A name that nobody else uses, in this or another process. */
  private String unnamed() {
    String name;
    do {
      name = "upload." + ProcessHandle.current().pid() + "." + SERIAL.incrementAndGet();
    } while (disk.stat(directory.resolve(name)).isPresent());
    return name;
  }

  @Override
  public void upload(String sha1, InputStream stored) {
    requireOpen();
    SafePath named = directory.resolve(store.layout().payload(sha1).name());
    receive(
        stored,
        file -> {
          PayloadFacts facts = facts(file, sha1);
          if (!facts.sha1().equals(sha1)) {
            throw new IntegrityException(
                "upload " + sha1, "SHA-1 of the content", sha1, facts.sha1(), "send it again");
          }
          disk.rename(file, named);
          received(sha1);
        });
  }

  private PayloadFacts facts(SafePath file, String sha1) {
    try (InputStream in = disk.read(file)) {
      return PayloadGzip.facts(in);
    } catch (IOException e) {
      throw new IntegrityException(
          "upload " + sha1,
          "gzip stream",
          "whole",
          String.valueOf(e.getMessage()),
          "send it again");
    }
  }

  /** What is done with a file that has been received whole. */
  private interface Received {
    void take(SafePath file);
  }

  private void receive(InputStream content, Received received) {
    SafePath file = directory.resolve(unnamed());
    try {
      try (OutputStream out =
          new BufferedOutputStream(disk.create(file, PublisherStore.FILE_MODE), 1 << 16)) {
        content.transferTo(out);
      } catch (IOException e) {
        throw failure(disk, file, e);
      }
      received.take(file);
    } finally {
      if (disk.stat(file).isPresent()) {
        disk.remove(file);
      }
    }
  }

  static StorageException failure(Disk disk, SafePath file, IOException e) {
    return new StorageException(
        "'" + disk.describe(file) + "' cannot be written", e.getMessage(), List.of(), e);
  }

  @Override
  public String uploadContent(InputStream content) {
    requireOpen();
    String sha1 = intake().takeOnce(content, "upload").sha1();
    received(sha1);
    return sha1;
  }

  @Override
  public void addManifest(InputStream text) {
    requireOpen();
    receive(
        UploadedManifest.plain(text),
        file -> append(new UploadedManifest(disk, directory, file, fmri).checked(isAppend())));
  }

  private void append(byte[] lines) {
    SafePath manifest = directory.resolve(MANIFEST);
    try (OutputStream out = disk.append(manifest)) {
      out.write(lines);
    } catch (IOException e) {
      throw failure(disk, manifest, e);
    }
    // unlike a payload, it cannot be checked at the end
    disk.sync(manifest);
  }

  private void received(String sha1) {
    RECEIVED.add(absolute(store, directory.resolve(sha1)));
  }

  /**
   * Whether this process has received, and checked, the payload. What another one received before
   * may have been cut off with the power since.
   */
  boolean hasReceived(String sha1) {
    return RECEIVED.contains(absolute(store, directory.resolve(sha1)));
  }

  private static Path absolute(PublisherStore store, SafePath path) {
    return store.disk().root().toAbsolutePath().normalize().resolve(path.text());
  }

  @Override
  public Fmri close(boolean catalogued) {
    requireOpen();
    CloseQueue.of(store).run(new TransactionClose(this, catalogued), clock);
    return fmri;
  }

  @Override
  public void abandon() {
    requireOpen();
    remove(store, directory);
  }

  /** Gone at once, whatever happens while its content is removed. */
  static void remove(PublisherStore store, SafePath directory) {
    try (StagingDirectory doomed = StagingDirectory.reserve(store)) {
      store.disk().rename(directory, doomed.path());
    } catch (NotFoundException e) {
      throw TransactionId.unknown(directory.name());
    } finally {
      Path gone = absolute(store, directory);
      RECEIVED.removeIf(path -> path.startsWith(gone));
    }
  }

  PublisherStore store() {
    return store;
  }

  SafePath directory() {
    return directory;
  }

  void requireOpen() {
    if (disk.stat(directory.resolve(MANIFEST)).filter(Stat::isFile).isEmpty()) {
      throw TransactionId.unknown(id.text());
    }
  }
}

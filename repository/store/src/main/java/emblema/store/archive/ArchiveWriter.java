package emblema.store.archive;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PublisherPrefix;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestReader;
import emblema.store.origin.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a package archive (spec p5p-p5i, sections 1 to 4). Adding a package only queues it; {@link
 * #finish} reads the payloads, checks them against their hashes and writes the file, which appears
 * whole or not at all. Equal packages in equal order give equal bytes.
 */
public final class ArchiveWriter implements AutoCloseable {
  private static final int RECORD = 20 * TarBlock.LENGTH;

  private final Path path;
  private final Disk disk;
  private final SafePath name;
  private final List<NewMember> members = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private String firstPublisher = "";

  private ArchiveWriter(Path path, Disk disk, SafePath name) {
    this.path = path;
    this.disk = disk;
    this.name = name;
  }

  /**
   * Begins an archive.
   *
   * @throws ConflictException if the file exists
   */
  public static ArchiveWriter create(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    Path directory = whole.getParent();
    if (directory == null) {
      throw new ConflictException("'" + file + "' cannot be the name of an archive");
    }
    Disk disk = RealDisk.open(directory);
    ArchiveWriter writer =
        new ArchiveWriter(file, disk, SafePath.of(String.valueOf(whole.getFileName())));
    try {
      writer.requireNew();
      return writer;
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  private void requireNew() {
    if (disk.stat(name).isPresent()) {
      throw new ConflictException(
          "the archive '" + path + "' already exists", "remove it, or choose another name");
    }
  }

  /**
   * Queues one package with all its payloads; nothing happens if it was added before.
   *
   * @param origin is asked for the manifest now and again when the archive is finished, and then
   *     for the payloads: one far away should be cached; it must stay open until then
   * @param fmri with publisher and version
   */
  public void add(Origin origin, Fmri fmri) {
    String publisher = PublisherPrefix.require(fmri.publisherIfAny().orElse(""));
    String root = "publisher/" + publisher;
    String manifestName = root + "/pkg/" + fmri.stemElement() + "/" + fmri.versionElement();
    if (names.contains(manifestName)) {
      return;
    }
    byte[] manifest = origin.manifest(fmri);
    List<Action> delivering = new ArrayList<>();
    ManifestReader.stream(
        new ByteArrayInputStream(manifest),
        origin.location() + ": " + fmri,
        action -> {
          if (!StoredPayload.of(action).isEmpty()) {
            delivering.add(action);
          }
        });
    if (firstPublisher.isEmpty()) {
      firstPublisher = publisher;
    }
    directory("publisher");
    directory(root);
    directory(root + "/pkg");
    directory(root + "/pkg/" + fmri.stemElement());
    member(
        manifestName,
        manifest.length,
        Optional.of(new ContentHashes.Stated(Digest.SHA1, Digest.SHA1.hex(manifest))),
        () -> new ByteArrayInputStream(origin.manifest(fmri)));
    if (!delivering.isEmpty()) {
      directory(root + "/file");
    }
    for (Action action : delivering) {
      StoredPayload.of(action).forEach(payload -> add(origin, publisher, payload));
    }
  }

  private void add(Origin origin, String publisher, StoredPayload payload) {
    String sha1 = payload.sha1();
    String directory = "publisher/" + publisher + "/file/" + sha1.substring(0, 2);
    if (names.contains(directory + "/" + sha1)) {
      return;
    }
    MemberSource source = () -> origin.payload(publisher, sha1);
    long size = payload.storedSize() >= 0 ? payload.storedSize() : measured(source, sha1);
    directory(directory);
    member(directory + "/" + sha1, size, payload.stored(), source);
  }

  /** For manifests that do not say how long their payloads are. */
  private static long measured(MemberSource source, String what) {
    try (InputStream in = source.open()) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw unreadable(what, e);
    }
  }

  private void directory(String directory) {
    if (names.add(directory)) {
      members.add(NewMember.directory(directory));
    }
  }

  private void member(
      String member, long size, Optional<ContentHashes.Stated> hash, MemberSource source) {
    names.add(member);
    members.add(new NewMember(member, TarBlock.FILE, size, "", hash, source));
  }

  /**
   * Writes the archive, durably.
   *
   * @return its length in bytes
   * @throws IntegrityException if a payload is not what its manifest says
   */
  public long finish() {
    if (firstPublisher.isEmpty()) {
      throw new NotFoundException("there is no package to archive in '" + path + "'");
    }
    byte[] configuration =
        ("[CONFIGURATION]\nversion = 4\n\n[publisher]\nprefix = "
                + firstPublisher
                + "\n\n[repository]\nversion = 4\n")
            .getBytes(StandardCharsets.UTF_8);
    members.add(NewMember.of("pkg5.repository", "", configuration));
    NewMember index = NewMember.of(ArchiveIndex.NAME, ArchiveIndex.COMMENT + "0", index());
    requireNew();
    long[] length = new long[1];
    AtomicFile.write(
        disk,
        name,
        0644,
        out -> {
          long written = write(index, out);
          for (NewMember member : members) {
            written += write(member, out);
          }
          long whole = (written + 2 * TarBlock.LENGTH + RECORD - 1) / RECORD * RECORD;
          out.write(new byte[(int) (whole - written)]);
          length[0] = whole;
        },
        Durability.FULL);
    return length[0];
  }

  private byte[] index() {
    StringBuilder lines = new StringBuilder();
    long offset = 0;
    for (NewMember member : members) {
      lines.append(member.name()).append('\0').append(offset).append('\0');
      lines.append(member.entrySize()).append('\0').append(member.size()).append('\0');
      lines.append(member.type()).append("\0\n");
      offset += member.entrySize();
    }
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try {
      PayloadGzip.write(new ByteArrayInputStream(text), text.length, compressed);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private long write(NewMember member, OutputStream out) throws IOException {
    byte[] headers = member.headers();
    out.write(headers);
    try (InputStream in = open(member)) {
      copy(member, in, out);
    }
    out.write(new byte[(int) (TarBlock.padded(member.size()) - member.size())]);
    return headers.length + TarBlock.padded(member.size());
  }

  private static InputStream open(NewMember member) {
    try {
      return member.source().open();
    } catch (IOException e) {
      throw unreadable(member.name(), e);
    }
  }

  private static void copy(NewMember member, InputStream in, OutputStream out) throws IOException {
    var digest = member.hash().map(hash -> hash.digest().start());
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int n = read(member, in, buffer); n >= 0; n = read(member, in, buffer)) {
      length += n;
      if (length > member.size()) {
        throw new IntegrityException(member.name(), "length", "" + member.size(), "more");
      }
      if (digest.isPresent()) {
        digest.get().update(buffer, 0, n);
      }
      out.write(buffer, 0, n);
    }
    if (length != member.size()) {
      throw new IntegrityException(member.name(), "length", "" + member.size(), "" + length);
    }
    if (digest.isPresent()) {
      String expected = member.hash().orElseThrow().hex();
      String actual = Digest.finish(digest.get());
      if (!expected.equals(actual)) {
        throw new IntegrityException(
            member.name(),
            "hash of the stored bytes",
            expected,
            actual,
            "the source is damaged: try 'pkgrepo verify' on it");
      }
    }
  }

  /** What cannot be read is the source's fault, not that of the disk that is written to. */
  private static int read(NewMember member, InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw unreadable(member.name(), e);
    }
  }

  private static UnreachableException unreadable(String what, IOException e) {
    return new UnreachableException("cannot read '" + what + "'", e.getMessage(), List.of(), e);
  }

  @Override
  public void close() {
    disk.close();
  }
}

package emblema.publisher.master.plan;

import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.tree.ContentHash;
import emblema.core.tree.TreeEntry;
import emblema.publisher.master.change.Contents;
import emblema.store.origin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Contents of small files: published ones from their payloads, current ones from the new tree. */
record PublishedContent(Origin repository, String publisher, Disk tree) implements Contents {

  /** A payload's content, checked against its name. */
  static byte[] read(Origin repository, String publisher, String sha1) {
    byte[] content;
    try (InputStream stored = repository.payload(publisher, sha1);
        InputStream in = new GZIPInputStream(stored)) {
      content = in.readAllBytes();
    } catch (IOException e) {
      throw new StorageException(
          "payload '" + sha1 + "' of '" + repository.location() + "' cannot be read",
          String.valueOf(e.getMessage()),
          List.of("run 'pkgrepo verify' on the repository"),
          e);
    }
    String actual = ContentHash.ofBytes(content).sha1();
    if (!actual.equals(sha1)) {
      throw new IntegrityException(
          repository.location(),
          "SHA-1 of a payload",
          sha1,
          actual,
          "run 'pkgrepo verify' on the repository");
    }
    return content;
  }

  @Override
  public byte[] published(String sha1) {
    return read(repository, publisher, sha1);
  }

  @Override
  public byte[] current(TreeEntry entry) {
    return tree.readBytes(SafePath.of(entry.path()));
  }
}

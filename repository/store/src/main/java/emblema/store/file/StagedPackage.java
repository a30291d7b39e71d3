package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.CatalogAddition;
import emblema.store.publication.PublishableActions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;

/**
 * A package whose manifest lies in the staging directory.
 *
 * @param timestampGiven whether the timestamp was given, and must not become another
 * @param exact whether the manifest must stay byte for byte as it is
 */
record StagedPackage(
    Fmri fmri, boolean timestampGiven, boolean exact, SafePath manifest, CatalogAddition addition) {

  /** The same package under another name, or with actions exchanged; a new manifest file. */
  StagedPackage rewritten(Disk disk, Fmri name, Function<Action, Action> exchange) {
    SafePath file = manifest.parent().orElseThrow().resolve(manifest.name() + "+");
    try (Writer writer = new Writer(disk, file, name);
        InputStream in = disk.read(manifest)) {
      ManifestReader.stream(
          in,
          disk.describe(manifest),
          action -> {
            if (!PublishableActions.isName(action)) {
              writer.write(exchange.apply(action));
            }
          });
      return writer.finish(timestampGiven);
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(manifest) + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  /** A package whose manifest is taken as it is. */
  static StagedPackage copied(
      Disk disk, SafePath file, Fmri fmri, byte[] manifest, List<Action> actions, boolean exact) {
    CatalogAddition.Builder addition = new CatalogAddition.Builder();
    actions.forEach(addition::take);
    try (OutputStream out = disk.create(file, PublisherStore.FILE_MODE)) {
      out.write(manifest);
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(file) + "' cannot be written", e.getMessage(), List.of(), e);
    }
    return new StagedPackage(
        fmri, true, exact, file, addition.build(fmri, Digest.SHA1.hex(manifest)));
  }

  /**
   * Writes a manifest action by action: the package's name first, one line each (manifest §5.1).
   */
  static final class Writer implements AutoCloseable {
    private final Disk disk;
    private final SafePath file;
    private final MessageDigest digest = Digest.SHA1.start();
    private final OutputStream out;
    private final CatalogAddition.Builder addition = new CatalogAddition.Builder();
    private final Fmri fmri;

    Writer(Disk disk, SafePath file, Fmri fmri) {
      this.disk = disk;
      this.file = file;
      this.fmri = fmri;
      this.out =
          new BufferedOutputStream(
              new DigestOutputStream(disk.create(file, PublisherStore.FILE_MODE), digest), 1 << 16);
      line("set name=pkg.fmri value=" + fmri);
    }

    void write(Action action) {
      addition.take(action);
      line(ActionWriter.write(action));
    }

    private void line(String text) {
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      } catch (IOException e) {
        throw failure(e);
      }
    }

    StagedPackage finish(boolean timestampGiven) {
      close();
      return new StagedPackage(
          fmri, timestampGiven, false, file, addition.build(fmri, Digest.finish(digest)));
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw failure(e);
      }
    }

    private StorageException failure(IOException e) {
      return new StorageException(
          "'" + disk.describe(file) + "' cannot be written", e.getMessage(), List.of(), e);
    }
  }
}

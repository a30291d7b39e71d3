package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SignatureAction;
import emblema.core.action.UnknownAction;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.PackageRules;
import emblema.store.publication.PublishableActions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The actions that a publisher sends in one piece, not yet part of the transaction. */
final class UploadedManifest {
  /** Bytes of text; ten times the longest that is known. Beyond it there is a mistake or malice. */
  private static final int LARGEST = 256 << 20;

  private final Disk disk;
  private final SafePath directory;
  private final SafePath file;
  private final Fmri fmri;

  /**
   * @param file plain text, received whole
   */
  UploadedManifest(Disk disk, SafePath directory, SafePath file, Fmri fmri) {
    this.disk = disk;
    this.directory = directory;
    this.file = file;
    this.fmri = fmri;
  }

  /** The plain text of what may be a gzip stream, bounded. */
  static InputStream plain(InputStream text) {
    PushbackInputStream in = new PushbackInputStream(text, 2);
    try {
      byte[] start = in.readNBytes(2);
      in.unread(start);
      boolean packed = start.length == 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
      return new Bounded(packed ? new GZIPInputStream(in, 1 << 16) : in, LARGEST);
    } catch (IOException e) {
      throw new StorageException(
          "the uploaded manifest cannot be read", e.getMessage(), List.of(), e);
    }
  }

  /** The lines to append, after the manifest that they make was found to be one. */
  byte[] checked(boolean append) {
    Manifest added = read(file, "uploaded manifest");
    List<Action> all =
        new ArrayList<>(read(directory.resolve(FileTransaction.MANIFEST), "manifest").actions());
    boolean named = false;
    for (Action action : added.actions()) {
      if (append && !(action instanceof SignatureAction)) {
        throw new ConflictException("only a signature can be appended to an existing package");
      }
      if (action instanceof UnknownAction) {
        throw new MalformedException(
            "the action '" + ActionWriter.write(action) + "' is of no type that can be published");
      }
      if (PublishableActions.isName(action)) {
        named = true;
        if (!Fmri.parse(action.attributes().get("value", "")).equals(fmri)) {
          throw new MalformedException(
              "the uploaded manifest names the package '"
                  + action.attributes().get("value", "")
                  + "', but the transaction is of '"
                  + fmri
                  + "'");
        }
      }
    }
    added.actions().stream().filter(each -> !PublishableActions.isName(each)).forEach(all::add);
    PackageRules.check(new Manifest(all));
    return named ? withoutName(added) : verbatim();
  }

  private Manifest read(SafePath path, String what) {
    try (InputStream in = disk.read(path)) {
      return ManifestReader.read(in, what);
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(path) + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  private static byte[] withoutName(Manifest manifest) {
    StringBuilder text = new StringBuilder();
    for (Action action : manifest.actions()) {
      if (!PublishableActions.isName(action)) {
        text.append(ActionWriter.write(action)).append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The text as sent, because signatures may have been made of it; it ends its last line. */
  private byte[] verbatim() {
    byte[] text = disk.readBytes(file);
    if (text.length == 0 || text[text.length - 1] == '\n') {
      return text;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(text.length + 1);
    whole.writeBytes(text);
    whole.write('\n');
    return whole.toByteArray();
  }

  /** Ends with an error after so many bytes. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long most) {
      this.in = in;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) {
      left -= n;
      if (left < 0) {
        throw new MalformedException(
            "the uploaded manifest has more than '" + LARGEST + "' bytes of text");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

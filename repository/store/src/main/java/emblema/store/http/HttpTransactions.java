package emblema.store.http;

import emblema.core.action.Action;
import emblema.core.error.UnreachableException;
import emblema.core.fmri.Fmri;
import emblema.store.publication.PayloadSource;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Packages that a depot keeps open between commands. Contents are held in memory on their way, as
 * this way of publishing is meant for few of them; {@link HttpPublication} is the other one.
 */
public final class HttpTransactions implements Transactions {
  private final TransactionRequests requests;

  public HttpTransactions(HttpOrigin origin) {
    this.requests = new TransactionRequests(origin);
  }

  @Override
  public Transaction open(Fmri fmri) {
    return new Remote(TransactionId.parse(requests.open(fmri)), false);
  }

  @Override
  public Transaction append(Fmri fmri) {
    return new Remote(TransactionId.parse(requests.append(fmri)), true);
  }

  /** What the depot knows of it shows with the next step. */
  @Override
  public Transaction resume(TransactionId id) {
    return new Remote(id, false);
  }

  /** A depot does not tell. */
  @Override
  public List<TransactionId> open() {
    return List.of();
  }

  /** The depot does that. */
  @Override
  public List<Fmri> recover() {
    return List.of();
  }

  private final class Remote implements Transaction {
    private final TransactionId id;
    private final boolean append;

    Remote(TransactionId id, boolean append) {
      this.id = id;
      this.append = append;
    }

    @Override
    public TransactionId id() {
      return id;
    }

    @Override
    public Fmri fmri() {
      return id.fmri();
    }

    @Override
    public boolean isAppend() {
      return append;
    }

    @Override
    public void add(Action action, @Nullable PayloadSource content) {
      try (InputStream in = content == null ? InputStream.nullInputStream() : content.open()) {
        requests.add(id.text(), action, in.readAllBytes());
      } catch (IOException e) {
        throw unreadable(action.key(), e);
      }
    }

    @Override
    public void upload(String sha1, InputStream stored) {
      try {
        requests.file(id.text(), sha1, TransactionRequests.Body.of(stored.readAllBytes()));
      } catch (IOException e) {
        throw unreadable(sha1, e);
      }
    }

    @Override
    public String uploadContent(InputStream content) {
      try {
        return requests.content(id.text(), content.readAllBytes());
      } catch (IOException e) {
        throw unreadable("an upload", e);
      }
    }

    @Override
    public void addManifest(InputStream text) {
      try {
        byte[] bytes = text.readAllBytes();
        boolean isGzip = bytes.length > 1 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
        if (isGzip) {
          try (InputStream plain = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
            bytes = plain.readAllBytes();
          }
        }
        requests.manifest(id.text(), bytes);
      } catch (IOException e) {
        throw unreadable("the manifest", e);
      }
    }

    @Override
    public Fmri close(boolean catalogued) {
      return requests.close(id.text(), catalogued);
    }

    @Override
    public void abandon() {
      requests.abandon(id.text());
    }
  }

  private static UnreachableException unreadable(String what, IOException cause) {
    return new UnreachableException(
        "the content of '" + what + "' cannot be sent", cause.getMessage(), List.of(), cause);
  }
}

package emblema.depot.operation;

import emblema.store.file.FileRepository;
import emblema.store.file.StoredFile;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import java.util.List;
import java.util.Optional;

/**
 * {@code file/0}, {@code file/1} and {@code file/2/SHA1}: a payload as it is stored, a gzip stream.
 * {@code HEAD file/2/SHA1} says beside its length {@code X-Ipkg-Attr-0: chash=…} and {@code
 * X-Ipkg-Attr-1: pkg.content-hash=gzip:sha512t_256:…} of those bytes. {@code POST
 * file/1/TRANSACTION} (or 2) takes a gzip stream where {@code X-IPkg-SetAttr0: basename=SHA1} names
 * it, else plain content, which is hashed and compressed.
 */
final class FileOperation implements Operation {
  private final FileRepository repository;
  private final Transactions transactions;
  private final Freshness freshness;
  private final StoredHashes hashes;

  FileOperation(
      FileRepository repository,
      Transactions transactions,
      Freshness freshness,
      StoredHashes hashes) {
    this.repository = repository;
    this.transactions = transactions;
    this.freshness = freshness;
    this.hashes = hashes;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0, 1, 2);
  }

  @Override
  public Access access() {
    return Access.ALWAYS;
  }

  @Override
  public boolean publishes(Call call) {
    return call.version() > 0 && call.request().isUpload();
  }

  @Override
  public Response answer(Call call) {
    if (publishes(call)) {
      return upload(call);
    }
    if (call.request().isHead() && call.version() == 1) {
      return ErrorPage.of(405, "HEAD is not allowed").with("Allow", "GET, POST, PUT");
    }
    String sha1 = call.arguments().isEmpty() ? "None" : call.argument();
    Optional<StoredFile> file = find(call, sha1);
    if (file.isEmpty()) {
      return ErrorPage.of(
          404, "No file could be found for the specified hash name: '" + sha1 + "'.");
    }
    Response whole = Response.of(200, "application/data", Body.none());
    boolean asked = call.request().isHead() && call.version() == 2;
    Response described = asked ? hashes.describe(whole, file.get()) : whole;
    return Conditions.apply(
        call.request(),
        freshness.keep(described, asked ? Freshness.DAY : Freshness.YEAR),
        file.get(),
        freshness.now());
  }

  private Optional<StoredFile> find(Call call, String sha1) {
    if (!sha1.matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    return Publishers.all(call, repository).stream()
        .flatMap(publisher -> repository.storedPayload(publisher, sha1).stream())
        .findFirst();
  }

  private Response upload(Call call) {
    Transaction transaction = transactions.resume(TransactionId.parse(call.argument()));
    Optional<String> name = ActionHeaders.read(call.request()).first("basename");
    if (name.isPresent()) {
      transaction.upload(name.get(), call.request().body());
    } else {
      transaction.uploadContent(call.request().body());
    }
    return PublicationResponse.empty();
  }
}

package emblema.depot.operation;

import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.store.file.FileRepository;
import emblema.store.file.StoredFile;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import java.util.List;
import java.util.Optional;

/**
 * {@code manifest/0/FMRI}, {@code manifest/1/FMRI}: the manifest of a package as it is stored.
 * {@code POST manifest/1/TRANSACTION}: the body, plain or gzip, is the text of a manifest without
 * the package's name; it is added to the transaction.
 */
final class ManifestOperation implements Operation {
  private final FileRepository repository;
  private final Transactions transactions;
  private final Freshness freshness;

  ManifestOperation(FileRepository repository, Transactions transactions, Freshness freshness) {
    this.repository = repository;
    this.transactions = transactions;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0, 1);
  }

  @Override
  public Access access() {
    return Access.READ;
  }

  @Override
  public boolean publishes(Call call) {
    return call.version() == 1 && call.request().isUpload();
  }

  @Override
  public Response answer(Call call) {
    if (publishes(call)) {
      Transaction transaction = transactions.resume(TransactionId.parse(call.argument()));
      transaction.addManifest(call.request().body());
      return PublicationResponse.empty();
    }
    if (call.arguments().isEmpty()) {
      return ErrorPage.of(403, "Directory listing not allowed.");
    }
    Fmri fmri;
    try {
      fmri = Fmri.parse(PackageArgument.text(call, repository));
    } catch (MalformedException e) {
      return ErrorPage.of(400, e);
    }
    if (fmri.version() == null) {
      return ErrorPage.of(400, "FMRI '" + fmri + "' is missing version information.");
    }
    Optional<StoredFile> file = PackageArgument.manifest(fmri, call, repository);
    if (file.isEmpty()) {
      return ErrorPage.of(404, "No manifest could be found for the FMRI: '" + fmri + "'.");
    }
    Response whole = Response.of(200, VersionsOperation.CONTENT_TYPE, Body.none());
    return Conditions.apply(
        call.request(), freshness.keep(whole, Freshness.YEAR), file.get(), freshness.now());
  }
}

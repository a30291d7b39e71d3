package emblema.depot.operation;

import emblema.core.error.MalformedException;
import emblema.core.fmri.DotSequence;
import emblema.core.fmri.Fmri;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.Transactions;
import java.util.List;

/**
 * {@code open/0/FMRI} begins a package, {@code append/0/FMRI} an addition of signatures to one. The
 * header {@code Client-Release} is the build release of a version without one. The answer has a
 * header {@code Transaction-ID} and no body.
 */
final class OpenOperation implements Operation {
  private final Transactions transactions;
  private final boolean append;

  OpenOperation(Transactions transactions, boolean append) {
    this.transactions = transactions;
    this.append = append;
  }

  @Override
  public String name() {
    return append ? "append" : "open";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0);
  }

  @Override
  public Access access() {
    return Access.PUBLISH;
  }

  @Override
  public Response answer(Call call) {
    Fmri fmri = Fmri.parse(call.argument(), release(call));
    Fmri named =
        fmri.publisher() == null ? fmri.withPublisher(call.publisher().orElse(null)) : fmri;
    Transaction transaction = append ? transactions.append(named) : transactions.open(named);
    return PublicationResponse.plain().with("Transaction-ID", transaction.id().text());
  }

  private static DotSequence release(Call call) {
    String release = call.request().header("Client-Release").orElse("").strip();
    try {
      if (!release.isEmpty()) {
        return new DotSequence(release);
      }
    } catch (MalformedException e) {
      // the same answer as without one
    }
    throw new MalformedException("the specified client_release is invalid: '" + release + "'");
  }
}

package emblema.depot.operation;

import emblema.core.fmri.Fmri;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import java.util.List;

/**
 * {@code close/0/TRANSACTION} publishes; {@code X-IPkg-Add-To-Catalog: 0} leaves the package out of
 * the catalog. The answer has {@code Package-FMRI} and {@code State: PUBLISHED}. {@code
 * abandon/0/TRANSACTION} forgets it.
 */
final class CloseOperation implements Operation {
  private final Transactions transactions;
  private final boolean abandon;

  CloseOperation(Transactions transactions, boolean abandon) {
    this.transactions = transactions;
    this.abandon = abandon;
  }

  @Override
  public String name() {
    return abandon ? "abandon" : "close";
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
    Transaction transaction = transactions.resume(TransactionId.parse(call.argument()));
    if (abandon) {
      transaction.abandon();
      return PublicationResponse.empty();
    }
    String wish = call.request().header("X-IPkg-Add-To-Catalog").orElse("1").strip();
    Fmri fmri = transaction.close(!wish.equals("0"));
    return PublicationResponse.empty()
        .with("Package-FMRI", fmri.toString())
        .with("State", "PUBLISHED");
  }
}

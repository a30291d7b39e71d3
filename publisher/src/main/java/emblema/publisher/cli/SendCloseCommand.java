package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.address.Repositories;
import emblema.store.transaction.Transaction;

/** {@code pkgsend close}: publishes an open transaction, or abandons it. */
final class SendCloseCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(Syntax.of("publish the open transaction"))
        .flag("-A", "abandon it: nothing of it is published")
        .value("-t", "transaction", "the transaction; PKG_TRANS_ID if not given")
        .flag("--no-catalog", "leave the catalog as it is; 'pkgrepo refresh' adds the package")
        .flag("--no-index", "accepted and ignored");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    try (Repositories.Pending pending = target.pending()) {
      Transaction transaction =
          pending.transactions().resume(SendTransaction.id(arguments.value("-t"), session));
      if (arguments.has("-A")) {
        transaction.abandon();
        session.out().line("ABANDONED");
      } else {
        target.tellPublished(transaction.close(!arguments.has("--no-catalog")).toString());
      }
      return 0;
    }
  }
}

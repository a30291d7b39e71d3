package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.ErrorPage;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.manifest.Manifest;
import emblema.publisher.send.Additions;
import emblema.publisher.send.PayloadSearch;
import emblema.store.address.Repositories;
import emblema.store.transaction.TransactionId;
import java.util.List;

/** {@code pkgsend include}: all actions of manifests, into an open transaction. */
final class SendIncludeCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(
            Syntax.of("add the actions of manifests, or of standard input, to the transaction"))
        .list("-d", "dir", "look for payloads here; may be repeated")
        .list("-T", "pattern", "keep the modification times of files with such a base name")
        .operands("manifest", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    TransactionId id = SendTransaction.id(java.util.Optional.empty(), session);
    Manifest manifest = SendSources.manifest(arguments.operands(), session);
    PayloadSearch payloads =
        new PayloadSearch(
            session.directory(),
            SendSources.directories(arguments.values("-d"), session),
            List.of(),
            arguments.values("-T"));
    try (Repositories.Pending pending = target.pending()) {
      new Additions(pending.transactions().resume(id), payloads)
          .addAll(
              manifest, refusal -> session.err().text(ErrorPage.render(session.title(), refusal)));
      return 0;
    }
  }
}

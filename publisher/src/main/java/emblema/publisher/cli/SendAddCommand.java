package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.Action;
import emblema.core.manifest.Manifest;
import emblema.publisher.send.Additions;
import emblema.publisher.send.PayloadSearch;
import emblema.publisher.send.TypedAction;
import emblema.store.address.Repositories;
import emblema.store.transaction.TransactionId;
import java.util.List;

/** {@code pkgsend add}: one action of an open transaction. */
final class SendAddCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(Syntax.of("add one action to the open transaction"))
        .operands("action", 1, 1)
        .operands("payload-or-key=value", 0)
        .section(
            "Operands",
            "The words of a line of a manifest, each an argument of its own: 'file etc/motd"
                + " path=etc/motd mode=0644 owner=root group=sys'. The payload is a file.");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    TransactionId id = SendTransaction.id(java.util.Optional.empty(), session);
    Action action = TypedAction.read(arguments.operands());
    PayloadSearch payloads = PayloadSearch.asNamed(session.directory());
    try (Repositories.Pending pending = target.pending()) {
      new Additions(pending.transactions().resume(id), payloads)
          .addOrFail(new Manifest(List.of(action)));
      return 0;
    }
  }
}

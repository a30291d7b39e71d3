package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.publisher.bundle.Bundle;
import emblema.publisher.bundle.BundleOptions;
import emblema.publisher.bundle.Bundles;
import emblema.publisher.send.Additions;
import emblema.store.address.Repositories;
import emblema.store.transaction.TransactionId;

/** {@code pkgsend import}: what bundles hold, into an open transaction. */
final class SendImportCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(Syntax.of("add what trees and archives hold to the open transaction"))
        .list("-T", "pattern", "keep the modification times of objects with such a base name")
        .list("--target", "path", "make this name of a file the file, not a hard link")
        .operands("bundle", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    TransactionId id = SendTransaction.id(java.util.Optional.empty(), session);
    BundleOptions options = SendSources.options(arguments, session);
    try (Repositories.Pending pending = target.pending()) {
      for (String source : arguments.operands()) {
        try (Bundle bundle = Bundles.open(session.directory().resolve(source), options)) {
          Additions.addAll(pending.transactions().resume(id), bundle);
          SendSources.failOn(bundle.problems(), bundle.name());
        }
      }
      return 0;
    }
  }
}

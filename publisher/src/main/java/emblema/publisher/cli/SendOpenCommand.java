package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.fmri.Fmri;
import emblema.store.address.Repositories;
import emblema.store.transaction.Transaction;

/** {@code pkgsend open} and {@code append}: a publication that the next commands go on with. */
final class SendOpenCommand implements Command {
  private final boolean append;

  /**
   * @param append whether signatures are added to a package that is published
   */
  SendOpenCommand(boolean append) {
    this.append = append;
  }

  @Override
  public Syntax syntax() {
    return SendTarget.addTo(
            Syntax.of(
                append
                    ? "begin to add signatures to a published package"
                    : "begin a package, to which the next commands add actions"))
        .flag("-e", "print a line that sets PKG_TRANS_ID in a shell (the default)")
        .flag("-n", "print only the name of the transaction")
        .excludes("-e", "-n")
        .operand("fmri");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    Fmri fmri = Fmri.parse(arguments.operand(0));
    try (Repositories.Pending pending = target.pending()) {
      Transaction transaction =
          append ? pending.transactions().append(fmri) : pending.transactions().open(fmri);
      String id = transaction.id().text();
      session.out().line(arguments.has("-n") ? id : "export PKG_TRANS_ID=" + id);
      return 0;
    }
  }
}

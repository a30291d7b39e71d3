package emblema.publisher.cli;

import emblema.cli.Session;
import emblema.core.error.UsageException;
import emblema.store.transaction.TransactionId;
import java.util.Optional;

/** The transaction that a command goes on with. */
final class SendTransaction {
  private SendTransaction() {}

  /** From the option {@code -t}, or the variable that {@code pkgsend open} prints. */
  static TransactionId id(Optional<String> option, Session session) {
    return TransactionId.parse(
        option
            .or(() -> session.environment("PKG_TRANS_ID"))
            .orElseThrow(
                () ->
                    new UsageException(
                        "no transaction ID specified using -t or in $PKG_TRANS_ID",
                        "run 'eval $(pkgsend -s REPOSITORY open FMRI)' first")));
  }
}

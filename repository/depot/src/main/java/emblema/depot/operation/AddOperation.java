package emblema.depot.operation;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.store.publication.PayloadSource;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import java.io.InputStream;
import java.util.List;

/**
 * {@code POST add/0/TRANSACTION/TYPE} adds one action: its attributes are headers ({@link
 * ActionHeaders}), its payload is the body, not compressed.
 */
final class AddOperation implements Operation {
  private final Transactions transactions;

  AddOperation(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "add";
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
    if (!call.request().isUpload()) {
      return ErrorPage.of(405, call.request().method() + " is not allowed")
          .with("Allow", "POST, PUT");
    }
    List<String> arguments = call.arguments();
    if (arguments.size() < 2) {
      return ErrorPage.of(400, "A transaction and the type of an action must be given.");
    }
    String id = String.join("/", arguments.subList(0, arguments.size() - 1));
    Transaction transaction = transactions.resume(TransactionId.parse(id));
    String word = arguments.getLast();
    ActionType type =
        ActionType.ofWord(word)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "the specified Action Type, '" + word + "', is not valid"));
    Attributes attributes = ActionHeaders.read(call.request()).without("pkg.size");
    boolean payload = type.hasPayload();
    Action action = Action.of(type, payload ? "NOHASH" : null, attributes);
    transaction.add(action, payload ? body(call.request()) : null);
    return PublicationResponse.empty();
  }

  private static PayloadSource body(Request request) {
    return new PayloadSource() {
      @Override
      public long size() {
        // a known length would be read twice where the content is large
        return request.length() <= 1 << 18 ? request.length() : -1;
      }

      @Override
      public InputStream open() {
        return request.body();
      }
    };
  }
}

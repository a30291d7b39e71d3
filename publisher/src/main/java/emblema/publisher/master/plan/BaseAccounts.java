package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.publisher.master.account.AccountFiles;
import emblema.publisher.master.ledger.Ledger;
import emblema.store.origin.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The account files as they were published, read back from their payloads. */
final class BaseAccounts {
  private BaseAccounts() {}

  static AccountFiles read(Origin repository, Ledger ledger) {
    Fmri incorporation = ledger.incorporation();
    if (incorporation == null) {
      return AccountFiles.NONE;
    }
    Map<String, String> texts = new TreeMap<>();
    for (String path : Ledger.ACCOUNT_FILES) {
      Action action = ledger.special().get(path);
      String sha1 = action == null ? null : action.payload();
      if (sha1 != null) {
        byte[] content =
            PublishedContent.read(repository, incorporation.publisherIfAny().orElse(""), sha1);
        texts.put(path, new String(content, StandardCharsets.UTF_8));
      }
    }
    return new AccountFiles(texts);
  }
}

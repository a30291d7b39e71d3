package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.publisher.master.account.AccountFiles;
import emblema.publisher.master.ledger.Ledger;
import emblema.store.origin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

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
        texts.put(path, text(repository, incorporation.publisherIfAny().orElse(""), sha1));
      }
    }
    return new AccountFiles(texts);
  }

  private static String text(Origin repository, String publisher, String sha1) {
    try (InputStream stored = repository.payload(publisher, sha1);
        InputStream content = new GZIPInputStream(stored)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StorageException(
          "payload '" + sha1 + "' of '" + repository.location() + "' cannot be read",
          e.getMessage(),
          List.of(),
          e);
    }
  }
}

package emblema.publisher.master.ledger;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SetAction;
import emblema.core.action.SignatureAction;
import emblema.core.attribute.Attributes;
import emblema.core.hash.Digest;
import emblema.core.io.OsNames;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Set;

/**
 * What a manifest says, whatever its order and whatever publication computed: two manifests with
 * the same digest make the same image (spec master-image-diff, section 8.4).
 */
public final class CanonicalActions {
  private static final String[] COMPUTED = {
    "chash", "elfarch", "elfbits", "elfhash", "pkg.content-hash", "pkg.csize", "pkg.size"
  };
  private static final Set<String> NAMES = Set.of("pkg.fmri", "fmri", "publisher");

  /** A sum does not depend on order, so that no line must be kept. */
  private final long[] sum = new long[4];

  private final MessageDigest sha256 = Digest.SHA256.start();
  private int count;

  public void add(Action action) {
    if (action instanceof SignatureAction
        || action instanceof SetAction set && NAMES.contains(set.name())) {
      return;
    }
    String line = ActionWriter.write(withoutComputed(action));
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(OsNames.encode(line)));
    for (int i = 0; i < sum.length; i++) {
      sum[i] += hash.getLong();
    }
    count++;
  }

  /** The sum of the lines' SHA-256, taken as four numbers each, and how many there are. */
  public String digest() {
    StringBuilder text = new StringBuilder().append(count);
    for (long part : sum) {
      text.append(' ').append(Long.toHexString(part));
    }
    return text.toString();
  }

  /** The action without what publication computes of its payload. */
  public static Action withoutComputed(Action action) {
    if (action.payload() == null) {
      return action;
    }
    Attributes stripped = action.attributes().without(COMPUTED);
    return action.withAttributes(stripped);
  }
}

package emblema.publisher.master.ledger;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SetAction;
import emblema.core.action.SignatureAction;
import emblema.core.attribute.Attributes;
import emblema.core.tree.TreeDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  private final List<String> lines = new ArrayList<>();

  public void add(Action action) {
    if (action instanceof SignatureAction
        || action instanceof SetAction set && NAMES.contains(set.name())) {
      return;
    }
    lines.add(ActionWriter.write(withoutComputed(action)));
  }

  /** SHA-256 over the sorted lines. */
  public String digest() {
    Collections.sort(lines);
    return TreeDigest.ofText(String.join("\n", lines));
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

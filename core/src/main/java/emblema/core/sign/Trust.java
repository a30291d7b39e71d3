package emblema.core.sign;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What a client believes.
 *
 * @param revoked SHA-1s of certificates that it does not, wherever they stand in a chain
 * @param lists where revocation lists come from, if they are to be asked
 * @param validAt the moment at which every certificate of a chain must be valid; nothing if that is
 *     not checked, as the reference never does
 */
public record Trust(
    TrustAnchors anchors,
    Set<String> revoked,
    Optional<RevocationSource> lists,
    Optional<Instant> validAt) {
  public Trust {
    revoked = Set.copyOf(revoked);
  }

  /** Only anchors. */
  public static Trust in(TrustAnchors anchors) {
    return new Trust(anchors, Set.of(), Optional.empty(), Optional.empty());
  }

  public Trust without(Collection<String> more) {
    return new Trust(anchors, Set.copyOf(more), lists, validAt);
  }

  public Trust asking(RevocationSource source) {
    return new Trust(anchors, revoked, Optional.of(source), validAt);
  }

  public Trust validAt(Instant moment) {
    return new Trust(anchors, revoked, lists, Optional.of(moment));
  }
}

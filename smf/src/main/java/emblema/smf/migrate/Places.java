package emblema.smf.migrate;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.util.Map;

/**
 * Where the paths of the running environment are on the disk at hand. When another environment is
 * served, its shared roots may lie outside it.
 *
 * @param disk one tree that holds the environment and all shared roots
 * @param environment the environment's root on that disk
 * @param shared shared roots, or directories above them, that lie elsewhere on the disk: from paths
 *     of the environment to paths of the disk
 */
public record Places(Disk disk, SafePath environment, Map<SafePath, SafePath> shared) {
  public Places {
    shared = Map.copyOf(shared);
  }

  /** Where an object that belongs to the environment itself is. */
  public SafePath inside(SafePath logical) {
    return environment.resolve(logical);
  }

  /** Where a shared root is. */
  public SafePath shared(SafePath logical) {
    SafePath mapped = mapping(logical);
    return mapped.isRoot() ? inside(logical) : entry(mapped).resolve(logical.relativeTo(mapped));
  }

  /** Whether the caller said where the shared root is, so that it need not be a mount point. */
  public boolean isMapped(SafePath logical) {
    return !mapping(logical).isRoot();
  }

  private SafePath entry(SafePath mapped) {
    SafePath physical = shared.get(mapped);
    if (physical == null) {
      throw new IllegalStateException("no mapping for " + mapped);
    }
    return physical;
  }

  /** The deepest mapped directory that is the path or holds it; the root if there is none. */
  private SafePath mapping(SafePath logical) {
    SafePath best = SafePath.ROOT;
    for (SafePath candidate : shared.keySet()) {
      if (logical.startsWith(candidate) && candidate.text().length() > best.text().length()) {
        best = candidate;
      }
    }
    return best;
  }
}

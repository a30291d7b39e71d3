package emblema.publisher.master.plan;

import java.util.Set;

/**
 * Programs and libraries that the machine cannot run without: what PID 1 needs, transitively (spec
 * master-image-diff, section 9).
 *
 * @param paths in the delivered tree
 */
record ElfClosure(Set<String> paths) {
  static final ElfClosure NONE = new ElfClosure(Set.of());

  ElfClosure {
    paths = Set.copyOf(paths);
  }

  boolean contains(String path) {
    return paths.contains(path);
  }
}

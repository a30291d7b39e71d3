package emblema.bootenv.directory;

import emblema.core.io.SafePath;

/** The paths of an environment root. */
final class Layout {
  static final SafePath MARKER = new SafePath("emblema-environments");
  static final SafePath TREES = new SafePath("be");
  static final SafePath INFO = new SafePath("info");
  static final SafePath MOUNTS = new SafePath("mounts");
  static final SafePath NEXT = new SafePath("next");
  static final SafePath BOOTED = new SafePath("booted");
  static final SafePath LOCK = new SafePath("lock");
  static final SafePath PROBE = new SafePath("be/.probe");

  static final String FORMAT = "emblema-environments 1";

  private static final String NEW = ".new-";
  private static final String TRASH = ".trash-";

  private Layout() {}

  static SafePath tree(String name) {
    return TREES.resolve(name);
  }

  static SafePath info(String name) {
    return INFO.resolve(name);
  }

  static SafePath mount(String name) {
    return MOUNTS.resolve(name);
  }

  /** Where an environment is built until it is whole. */
  static SafePath building(String name) {
    return TREES.resolve(NEW + name);
  }

  /** Where an environment goes to be removed. */
  static SafePath trash(String name) {
    return TREES.resolve(TRASH + name);
  }

  /** What the links hold. */
  static String linkTo(String name) {
    return tree(name).text();
  }

  /** The environment that a link's text names; empty text if it names none. */
  static String linked(String text) {
    return text.startsWith("be/") ? text.substring(3) : "";
  }

  /** Whether a name in {@link #TREES} is ours and not an environment's. */
  static boolean isOurs(String name) {
    return name.startsWith(".");
  }
}

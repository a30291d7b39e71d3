package emblema.flash.manifest;

import org.jspecify.annotations.Nullable;

/**
 * One line of a manifest. Filters come first, then entries directory by directory: those of one
 * directory, then {@link Listed} with its name. Paths are absolute, {@code /etc/motd}.
 */
public sealed interface Line {
  String path();

  /** What decided which files were looked at. It means exactly this path, nothing below it. */
  record Filter(Sign sign, String path) implements Line {
    /** Whether the path is left out of the check. */
    public boolean isLeftOut() {
      return sign != Sign.INCLUDE;
    }
  }

  /** How a filter begins. */
  enum Sign {
    INCLUDE('+'),
    EXCLUDE('-'),
    /** Left out by the software rather than by the user. */
    BUILT_IN('.');

    private final char character;

    Sign(char character) {
      this.character = character;
    }

    char character() {
      return character;
    }

    static @Nullable Sign of(char character) {
      for (Sign sign : values()) {
        if (sign.character == character) {
          return sign;
        }
      }
      return null;
    }
  }

  /** An object that comes with the archive, new or changed. The clone's is not looked at. */
  record Arriving(String path) implements Line {}

  /** An object that both images have: the clone must have it exactly so. */
  record Kept(String path, ObjectState state) implements Line {}

  /** An object that only the old image has: if the clone still has it so, it goes. */
  record Leaving(String path, ObjectState state) implements Line {}

  /**
   * Everything in this directory stands between the last such line and this one: what else a clone
   * has there is a new file.
   */
  record Listed(String path) implements Line {
    /** The absolute path of a name in the directory. */
    public String child(String name) {
      return path.equals("/") ? "/" + name : path + "/" + name;
    }
  }
}

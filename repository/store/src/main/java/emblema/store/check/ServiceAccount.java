package emblema.store.check;

import emblema.core.io.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The account that serves repositories, {@code pkg5srv}; where there is none, only what all may
 * read counts.
 */
public record ServiceAccount(OptionalInt uid, OptionalInt gid) {
  private static final String NAME = "pkg5srv";

  /** No such account. */
  public static final ServiceAccount NONE =
      new ServiceAccount(OptionalInt.empty(), OptionalInt.empty());

  /**
   * @param etc the directory of {@code passwd} and {@code group}
   */
  public static ServiceAccount find(Path etc) {
    return new ServiceAccount(number(etc.resolve("passwd")), number(etc.resolve("group")));
  }

  private static OptionalInt number(Path file) {
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", -1);
        if (fields[0].equals(NAME) && fields.length > 2 && fields[2].matches("[0-9]{1,9}")) {
          return OptionalInt.of(Integer.parseInt(fields[2]));
        }
      }
    } catch (IOException e) {
      return OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  boolean mayRead(Stat stat) {
    int wanted = stat.isDirectory() ? 05 : 04;
    boolean owner = uid.isPresent() && uid.getAsInt() == stat.uid();
    boolean group = gid.isPresent() && gid.getAsInt() == stat.gid();
    return owner && (stat.mode() >> 6 & wanted) == wanted
        || group && (stat.mode() >> 3 & wanted) == wanted;
  }

  boolean isOwner(Path path, Set<PosixFilePermission> modes) throws IOException {
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return uid.isPresent()
        && owner.equals(uid.getAsInt())
        && modes.contains(PosixFilePermission.OWNER_READ)
        && modes.contains(PosixFilePermission.OWNER_EXECUTE);
  }
}

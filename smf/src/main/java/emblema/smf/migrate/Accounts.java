package emblema.smf.migrate;

import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.charset.StandardCharsets;

/** User and group numbers as the environment's own {@code etc/passwd} and {@code etc/group} say. */
record Accounts(Disk disk, SafePath environment) {

  int user(String name) {
    return number(name, "etc/passwd", "user");
  }

  int group(String name) {
    return number(name, "etc/group", "group");
  }

  private int number(String name, String file, String what) {
    if (name.matches("[0-9]{1,9}")) {
      return Integer.parseInt(name);
    }
    if (name.equals("root")) {
      return 0;
    }
    SafePath path = environment.resolve(file);
    if (disk.stat(path).filter(Stat::isFile).isPresent()) {
      for (String line :
          new String(disk.readBytes(path), StandardCharsets.ISO_8859_1).split("\n", -1)) {
        String[] fields = line.split(":", -1);
        if (fields.length > 2 && fields[0].equals(name) && fields[2].matches("[0-9]{1,9}")) {
          return Integer.parseInt(fields[2]);
        }
      }
    }
    throw new NotFoundException(
        "%s '%s' is not in '%s'".formatted(what, name, disk.describe(path)),
        "use a number, or a name that the environment knows");
  }
}

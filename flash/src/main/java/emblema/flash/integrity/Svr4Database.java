package emblema.flash.integrity;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;
import java.util.function.Consumer;

/** The packages of System V: one file with a line for each object. */
record Svr4Database(Disk image) implements PackageDatabase {
  private static final SafePath CONTENTS = SafePath.of("var/sadm/install/contents");

  static Optional<PackageDatabase> in(Disk image) {
    return image.stat(CONTENTS).filter(Stat::isFile).map(stat -> new Svr4Database(image));
  }

  @Override
  public String name() {
    return "SVR4";
  }

  @Override
  public void paths(Consumer<String> each) {
    TextFile.lines(
        image,
        CONTENTS,
        line -> {
          if (line.startsWith("/")) {
            // path, or for links path=target, then type, class and the rest
            int blank = line.indexOf(' ');
            String first = blank < 0 ? line : line.substring(0, blank);
            int equals = first.indexOf('=');
            each.accept(equals < 0 ? first : first.substring(0, equals));
          }
        });
  }
}

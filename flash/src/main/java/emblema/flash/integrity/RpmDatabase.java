package emblema.flash.integrity;

import emblema.core.io.Disk;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The packages of rpm, as the tool tells them; ghost files, which no package brings, are left out.
 */
record RpmDatabase(RpmTool rpm) implements PackageDatabase {
  static Optional<PackageDatabase> in(Disk image) {
    return RpmTool.of(image).map(RpmDatabase::new);
  }

  @Override
  public String name() {
    return "rpm";
  }

  @Override
  public void paths(Consumer<String> each) {
    rpm.query(
        "[%{FILEFLAGS} %{FILENAMES}\\n]",
        line -> {
          int blank = line.indexOf(' ');
          if (blank > 0
              && line.substring(0, blank).matches("[0-9]{1,9}")
              && (Integer.parseInt(line.substring(0, blank)) & RpmTool.GHOST) == 0) {
            each.accept(line.substring(blank + 1));
          }
        });
  }
}

package emblema.dist;

import emblema.cli.Completion;
import emblema.cli.ManPage;
import emblema.cli.Program;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes the manual pages and completions of all commands below one directory. */
public final class Pages {
  private static final String VERSION = "Emblema 0.1.0";

  private Pages() {}

  /**
   * @param args the directory that holds {@code man/man1} and {@code bash-completion/completions}
   */
  public static void main(String[] args) throws IOException {
    try (Disk share = RealDisk.open(Path.of(args[0]))) {
      for (Program program : Programs.all()) {
        write(share, "man/man1/" + program.name() + ".1", ManPage.render(program, VERSION));
        write(share, "bash-completion/completions/" + program.name(), Completion.bash(program));
      }
    }
  }

  private static void write(Disk disk, String name, String text) throws IOException {
    SafePath path = SafePath.of(name);
    if (disk.stat(path).isPresent()) {
      disk.remove(path);
    }
    try (OutputStream out = disk.create(path, 0644)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.tree.TreeListing;
import emblema.publisher.master.select.MasterTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** {@code pkgmaster scan}: what of a tree would be delivered. */
final class ScanCommand implements Command {
  @Override
  public Syntax syntax() {
    return MasterOptions.addTo(
        Syntax.of("read a master tree and list what would be delivered")
            .value("-R", "tree", "the master tree, or a Flash archive")
            .value("-o", "file", "write the listing to a new file; default: standard output"));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    MasterOptions options = new MasterOptions(arguments, session);
    MasterTree tree = options.reader().read(options.tree("-R"), true);
    if (arguments.has("-o")) {
      write(tree, session.resolve(arguments.required("-o")));
    } else if (!arguments.has("-q")) {
      TreeListing.lines(tree.delivered(), line -> session.out().line(line));
    }
    Output summary = arguments.has("-o") ? session.out() : session.err();
    summary.line(
        tree.delivered().size()
            + " of "
            + tree.all().size()
            + " objects are delivered, digest "
            + tree.digest());
    return 0;
  }

  private static void write(MasterTree tree, Path file) {
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    SafePath name = SafePath.of(String.valueOf(file.getFileName()));
    try (Disk disk = RealDisk.open(directory);
        OutputStream out = new java.io.BufferedOutputStream(disk.create(name, 0644))) {
      TreeListing.write(tree.delivered(), out);
    } catch (IOException e) {
      throw new StorageException(
          "cannot write '" + file + "'", String.valueOf(e.getMessage()), List.of(), e);
    }
  }
}

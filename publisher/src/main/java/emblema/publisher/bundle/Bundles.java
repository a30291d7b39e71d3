package emblema.publisher.bundle;

import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SharedFile;
import emblema.core.tree.AccountNames;
import emblema.flash.view.ArchiveTrees;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what a bundle is, and opens it (spec pkgsend, section 2.1). */
public final class Bundles {
  private Bundles() {}

  /**
   * Opens a directory, an SVR4 package as directory or datastream, a tar archive, or a full Flash
   * archive.
   */
  public static Bundle open(Path source, BundleOptions options) {
    if (!Files.exists(source)) {
      throw new NotFoundException("'" + source + "' does not exist");
    }
    if (Files.isDirectory(source)) {
      return SvrDirectory.isPackage(source)
          ? svr(new SvrDirectory(source))
          : new DirectoryBundle(RealDisk.open(source), options);
    }
    if (!Files.isReadable(source)) {
      throw new AccessException("no permission to read '" + source + "'");
    }
    if (!Files.isRegularFile(source)) {
      throw unknown(source);
    }
    if (ArchiveTrees.isArchive(source)) {
      return flash(ArchiveTrees.full(source, options.temporary(), options.events()), options);
    }
    SharedFile file = SharedFile.open(source);
    try {
      if (Datastream.isOne(file)) {
        return svr(Datastream.read(file));
      }
      return TarBundle.open(file, options);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Owners are those of the master, by the names that it has for them. */
  private static Bundle flash(Disk tree, BundleOptions options) {
    return new DirectoryBundle(tree, options.with(Ownership.within(AccountNames.of(tree))));
  }

  private static Bundle svr(SvrFiles files) {
    try {
      return SvrBundle.open(files);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  static MalformedException unknown(Path source) {
    return new MalformedException(
        "'" + source + "' is of an unknown bundle type",
        "directories, tar archives, SVR4 packages and Flash archives are read");
  }
}

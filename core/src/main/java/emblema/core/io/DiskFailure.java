package emblema.core.io;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.os.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what the operating system says into one of our errors, with the path. */
public final class DiskFailure {
  private DiskFailure() {}

  /**
   * For code that reads an input file of the user's with the JDK.
   *
   * @param doing a verb, for example "read"
   * @param path as the reader should see it
   */
  public static EmblemaException of(String doing, Path path, IOException cause) {
    return of(doing, path.toString(), errno(cause), null, cause);
  }

  /**
   * @param doing a verb, for example "create"
   * @param figures free space and inodes, when the device is full
   */
  static EmblemaException of(
      String doing,
      String path,
      int errno,
      Disk.@Nullable Space figures,
      @Nullable IOException cause) {
    String unknown = cause == null || errno != 0 ? Errno.text(errno) : reason(cause);
    String message = "cannot " + doing + " '" + path + "': " + unknown;
    return switch (errno) {
      case Errno.ENOENT -> new NotFoundException(message, null, List.of(), cause);
      case Errno.EEXIST,
          Errno.ENOTEMPTY,
          Errno.ELOOP,
          Errno.ENOTDIR,
          Errno.EISDIR,
          Errno.EXDEV,
          Errno.EBUSY,
          Errno.EMLINK,
          Errno.EINVAL ->
          new ConflictException(message, null, List.of(), cause);
      case Errno.EACCES -> new AccessException(message, null, List.of(), cause);
      case Errno.EPERM ->
          new AccessException(
              message,
              null,
              List.of("this needs a privilege, or the object is marked immutable"),
              cause);
      case Errno.ENOSPC, Errno.EDQUOT ->
          new StorageException(
              message,
              figures == null ? null : figures(figures),
              List.of("free some space, or choose a place on a larger file system"),
              cause);
      case Errno.EROFS ->
          new StorageException(
              message, null, List.of("remount the file system for writing"), cause);
      case Errno.EMFILE, Errno.ENFILE ->
          new StorageException(
              message, null, List.of("raise the limit on open files (ulimit -n)"), cause);
      default -> new StorageException(message, null, List.of(), cause);
    };
  }

  /** The object is not reached because something that is no directory stands on the way. */
  static ConflictException inTheWay(String doing, String path, String obstacle, Stat.Kind kind) {
    return new ConflictException(
        "cannot " + doing + " '" + path + "': '" + obstacle + "' is " + article(kind),
        kind == Stat.Kind.LINK
            ? "symbolic links are never followed below the root"
            : "a directory was expected there");
  }

  /** The object is there but of another kind than the operation needs. */
  static ConflictException wrongKind(String doing, String path, Stat.Kind kind) {
    return new ConflictException("cannot " + doing + " '" + path + "': it is " + article(kind));
  }

  private static String article(Stat.Kind kind) {
    return switch (kind) {
      case FILE -> "a regular file";
      case DIRECTORY -> "a directory";
      case LINK -> "a symbolic link";
      case FIFO -> "a named pipe";
      case CHARACTER -> "a character device";
      case BLOCK -> "a block device";
      case SOCKET -> "a socket";
    };
  }

  private static String figures(Disk.Space space) {
    return "free: "
        + space.freeBytes()
        + " of "
        + space.totalBytes()
        + " bytes"
        + (space.freeInodes() == Long.MAX_VALUE ? "" : ", " + space.freeInodes() + " inodes");
  }

  /** The error number behind an exception of the JDK, or 0 if it does not tell. */
  static int errno(IOException e) {
    return switch (e) {
      case NoSuchFileException x -> Errno.ENOENT;
      case FileAlreadyExistsException x -> Errno.EEXIST;
      case DirectoryNotEmptyException x -> Errno.ENOTEMPTY;
      case AccessDeniedException x -> Errno.EACCES;
      case NotDirectoryException x -> Errno.ENOTDIR;
      case NotLinkException x -> Errno.EINVAL;
      case FileSystemLoopException x -> Errno.ELOOP;
      default -> errno(reason(e).toLowerCase(Locale.ROOT));
    };
  }

  private static int errno(String reason) {
    if (reason.contains("no space left")) {
      return Errno.ENOSPC;
    } else if (reason.contains("quota")) {
      return Errno.EDQUOT;
    } else if (reason.contains("read-only")) {
      return Errno.EROFS;
    } else if (reason.contains("not permitted")) {
      return Errno.EPERM;
    } else if (reason.contains("permission denied")) {
      return Errno.EACCES;
    } else if (reason.contains("input/output error")) {
      return Errno.EIO;
    } else if (reason.contains("too many levels of symbolic links")) {
      return Errno.ELOOP;
    } else if (reason.contains("not a directory")) {
      return Errno.ENOTDIR;
    } else if (reason.contains("is a directory")) {
      return Errno.EISDIR;
    } else if (reason.contains("too many open files")) {
      return Errno.EMFILE;
    } else if (reason.contains("name too long")) {
      return Errno.ENAMETOOLONG;
    } else if (reason.contains("not empty")) {
      return Errno.ENOTEMPTY;
    } else if (reason.contains("file exists")) {
      return Errno.EEXIST;
    } else if (reason.contains("cross-device")) {
      return Errno.EXDEV;
    }
    return 0;
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}

package emblema.core.io;

import emblema.core.os.Errno;
import emblema.core.os.OsException;
import emblema.core.os.Posix;
import emblema.core.os.Statx;
import emblema.core.os.Xattr;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A disk by system calls relative to open directories (Linux 5.6 or newer, with {@code /proc}). */
final class NativeDisk implements Disk {
  private final NativeRoot root;
  private final boolean isPrivileged = Privilege.mayGiveFilesAway();

  private NativeDisk(NativeRoot root) {
    this.root = root;
  }

  /** Nothing where these calls cannot be made; the root itself may be reached through links. */
  static Optional<Disk> open(Path root) {
    return NativeRoot.open(root).map(NativeDisk::new);
  }

  @Override
  public Path root() {
    return root.path();
  }

  @Override
  public Optional<Stat> stat(SafePath path) {
    return root.stat(path);
  }

  @Override
  public List<String> list(SafePath directory) {
    return root.call(
        "list",
        directory,
        at -> {
          int open = Posix.open(at.directory(), at.name(), NativeStreams.LIST, 0);
          try {
            return NativeRoot.names(open);
          } finally {
            Posix.close(open);
          }
        });
  }

  @Override
  public List<Entry> entries(SafePath directory) {
    return root.call(
        "list",
        directory,
        at -> {
          int open = Posix.open(at.directory(), at.name(), NativeStreams.LIST, 0);
          try {
            List<Entry> entries = new ArrayList<>();
            for (String name : NativeRoot.names(open)) {
              try {
                entries.add(new Entry(name, StatModes.stat(Statx.of(open, OsNames.encode(name)))));
              } catch (OsException e) {
                if (e.errno() != Errno.ENOENT) { // Else it has gone since it was listed.
                  throw e;
                }
              }
            }
            return entries;
          } finally {
            Posix.close(open);
          }
        });
  }

  @Override
  public String readLink(SafePath link) {
    return root.call(
        "read the link", link, at -> OsNames.decode(Posix.readLink(at.directory(), at.name())));
  }

  @Override
  public InputStream read(SafePath file) {
    return root.call(
        "read", file, at -> NativeStreams.read(at, describe(file), root.failures("read", file)));
  }

  @Override
  public byte[] readBytes(SafePath file) {
    try (InputStream in = read(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw DiskFailure.of("read", describe(file), DiskFailure.errno(e), null, e);
    }
  }

  @Override
  public Map<String, byte[]> extendedAttributes(SafePath path) {
    return root.call(
        "read attributes of",
        path,
        at -> {
          Map<String, byte[]> all = new TreeMap<>();
          for (String name : Xattr.names(at.directory(), at.name())) {
            try {
              all.put(name, Xattr.get(at.directory(), at.name(), name));
            } catch (OsException e) {
              if (e.errno() != Errno.ENODATA && e.errno() != Errno.EOPNOTSUPP) {
                throw e;
              }
            }
          }
          return all;
        });
  }

  @Override
  public Space space(SafePath path) {
    return root.call(
        "measure the space at",
        path,
        at -> {
          int open = Posix.open(at.directory(), at.name(), Posix.PATH_ONLY | Posix.NO_FOLLOW, 0);
          try {
            return NativeRoot.space(open);
          } finally {
            Posix.close(open);
          }
        });
  }

  @Override
  public boolean isPrivileged() {
    return isPrivileged;
  }

  @Override
  public void makeDirectory(SafePath directory, int mode) {
    root.run(
        "create the directory",
        directory,
        at -> {
          Posix.makeDirectory(at.directory(), at.name(), mode & 0700);
          if (mode != 0700) { // Exactly this mode, whatever the umask.
            Posix.setMode(at.directory(), at.name(), mode);
          }
        });
  }

  @Override
  public OutputStream create(SafePath file, int mode) {
    return root.call(
        "create", file, at -> NativeStreams.create(at, mode, root.failures("write", file)));
  }

  @Override
  public OutputStream append(SafePath file) {
    return root.call(
        "append to",
        file,
        at -> NativeStreams.append(at, describe(file), root.failures("append to", file)));
  }

  @Override
  public void patch(SafePath file, long offset, byte[] bytes) {
    root.run("overwrite", file, at -> NativeStreams.patch(at, describe(file), offset, bytes));
  }

  @Override
  public void symlink(String target, SafePath link) {
    root.run(
        "create the link",
        link,
        at -> Posix.symlink(OsNames.encode(target), at.directory(), at.name()));
  }

  @Override
  public void link(SafePath existing, SafePath name) {
    root.two(
        "link",
        existing,
        name,
        (a, b) -> Posix.link(a.directory(), a.name(), b.directory(), b.name()));
  }

  @Override
  public void makeNode(SafePath path, Stat.Kind kind, int mode, long rawDevice) {
    int type = StatModes.type(kind);
    root.run(
        "create the node",
        path,
        at -> {
          Posix.makeNode(
              at.directory(), at.name(), type | (mode & 0700), StatModes.device(rawDevice));
          Posix.setMode(at.directory(), at.name(), mode);
        });
  }

  @Override
  public void clone(SafePath file, SafePath copy, int mode) {
    root.two("copy", file, copy, (a, b) -> NativeStreams.clone(a, b, mode, describe(file)));
  }

  @Override
  public boolean share(SafePath file, SafePath copy, int mode) {
    boolean[] isShared = new boolean[1];
    root.two(
        "copy",
        file,
        copy,
        (a, b) -> isShared[0] = NativeStreams.share(a, b, mode, describe(file)));
    return isShared[0];
  }

  @Override
  public void rename(SafePath from, SafePath to) {
    rename(from, to, 0);
  }

  @Override
  public void renameNoReplace(SafePath from, SafePath to) {
    rename(from, to, Posix.RENAME_NO_REPLACE);
  }

  @Override
  public void exchange(SafePath one, SafePath other) {
    rename(one, other, Posix.RENAME_EXCHANGE);
  }

  private void rename(SafePath from, SafePath to, int flags) {
    root.two(
        "rename",
        from,
        to,
        (a, b) -> Posix.rename(a.directory(), a.name(), b.directory(), b.name(), flags));
    root.held().forget(from.text());
    root.held().forget(to.text());
  }

  @Override
  public void remove(SafePath path) {
    root.run("remove", path, at -> Posix.unlink(at.directory(), at.name()));
  }

  @Override
  public void removeDirectory(SafePath directory) {
    root.run(
        "remove the directory", directory, at -> Posix.removeDirectory(at.directory(), at.name()));
    root.held().forget(directory.text());
  }

  @Override
  public void setMode(SafePath path, int mode) {
    root.run("set the mode of", path, at -> Posix.setMode(at.directory(), at.name(), mode));
  }

  @Override
  public void setOwner(SafePath path, int uid, int gid) {
    root.run("set the owner of", path, at -> Posix.setOwner(at.directory(), at.name(), uid, gid));
  }

  @Override
  public void setTimes(SafePath path, long atime, long mtime) {
    root.run(
        "set the times of", path, at -> Posix.setTimes(at.directory(), at.name(), atime, mtime));
  }

  @Override
  public void setExtendedAttribute(SafePath path, String name, byte[] value) {
    root.run(
        "set the attribute " + name + " of",
        path,
        at -> Xattr.set(at.directory(), at.name(), name, value));
  }

  @Override
  public void removeExtendedAttribute(SafePath path, String name) {
    root.run(
        "remove the attribute " + name + " of",
        path,
        at -> Xattr.remove(at.directory(), at.name(), name));
  }

  @Override
  public void sync(SafePath path) {
    root.run("make durable", path, at -> NativeStreams.sync(at, root.fd()));
  }

  @Override
  public void syncAll() {
    root.run("make durable", SafePath.ROOT, at -> Posix.syncFileSystem(root.fd()));
  }

  @Override
  public void syncAll(SafePath path) {
    root.run("make durable", path, at -> NativeStreams.syncFileSystem(at));
  }

  @Override
  public Hold hold() {
    root.held().hold();
    return root.held()::letGo;
  }

  @Override
  public void close() {
    root.close();
  }
}

package emblema.core.io;

import emblema.core.error.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A disk by the JDK alone, for systems where {@link RealDisk} cannot call the kernel. Before each
 * operation it looks at every name on the way and refuses links.
 *
 * <p>Limits: somebody who swaps a directory for a link between that look and the operation is
 * followed ({@code RealDisk} is not fooled); only attributes in {@code user.} are seen, so no ACLs;
 * holes are not kept and {@link Stat#allocated} is the size; devices and pipes cannot be made; free
 * inodes are unknown; {@link #renameNoReplace} looks first, and {@link #exchange} is three renames;
 * times of links may lose digits.
 */
public final class PlainDisk implements Disk {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
  private static final String USER = "user.";

  private final PlainRoot root;
  private final boolean isPrivileged = Privilege.mayGiveFilesAway();

  private PlainDisk(PlainRoot root) {
    this.root = root;
  }

  /** Opens an existing directory; links in the root's own path are followed. */
  public static PlainDisk open(Path root) {
    return new PlainDisk(PlainRoot.open(root));
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
        p -> {
          mustBe(Stat.Kind.DIRECTORY, "list", directory, p);
          List<String> names = new ArrayList<>();
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(p)) {
            stream.forEach(entry -> names.add(RawPaths.name(entry)));
          } catch (DirectoryIteratorException e) {
            throw e.getCause();
          }
          names.sort(OsNames::compare);
          return names;
        });
  }

  @Override
  public String readLink(SafePath link) {
    return root.call("read the link", link, p -> RawPaths.targetText(Files.readSymbolicLink(p)));
  }

  @Override
  public InputStream read(SafePath file) {
    return root.call(
        "read",
        file,
        p -> {
          mustBe(Stat.Kind.FILE, "read", file, p);
          return Files.newInputStream(p, NOFOLLOW);
        });
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
        p -> {
          Map<String, byte[]> all = new TreeMap<>();
          UserDefinedFileAttributeView view = attributes(p);
          if (view == null || PlainStat.of(p).isLink()) {
            return all;
          }
          for (String name : view.list()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            int length = view.read(name, value);
            byte[] bytes = new byte[length];
            value.flip().get(bytes);
            all.put(USER + name, bytes);
          }
          return all;
        });
  }

  @Override
  public Space space(SafePath path) {
    return root.call(
        "measure the space at",
        path,
        p -> {
          FileStore store = Files.getFileStore(p);
          return new Space(store.getUsableSpace(), store.getTotalSpace(), Long.MAX_VALUE, 0);
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
        p -> {
          Files.createDirectory(p);
          Files.setAttribute(p, "unix:mode", mode, NOFOLLOW);
        });
  }

  @Override
  public OutputStream create(SafePath file, int mode) {
    List<OutputStream> opened = new ArrayList<>();
    root.run(
        "create",
        file,
        p -> {
          opened.add(
              Files.newOutputStream(p, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
          Files.setAttribute(p, "unix:mode", mode, NOFOLLOW);
        });
    return new BufferedOutputStream(new PlainOutput(opened.getFirst(), describe(file)), 65_536);
  }

  @Override
  public OutputStream append(SafePath file) {
    List<OutputStream> opened = new ArrayList<>();
    root.run(
        "append to",
        file,
        p -> {
          mustBe(Stat.Kind.FILE, "append to", file, p);
          opened.add(Files.newOutputStream(p, StandardOpenOption.APPEND, NOFOLLOW));
        });
    return new BufferedOutputStream(new PlainOutput(opened.getFirst(), describe(file)), 65_536);
  }

  @Override
  public void patch(SafePath file, long offset, byte[] bytes) {
    root.run(
        "overwrite",
        file,
        p -> {
          mustBe(Stat.Kind.FILE, "overwrite", file, p);
          Objects.checkFromIndexSize(offset, bytes.length, Files.size(p));
          try (SeekableByteChannel channel =
              Files.newByteChannel(p, StandardOpenOption.WRITE, NOFOLLOW)) {
            channel.position(offset);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
              channel.write(left);
            }
          }
        });
  }

  @Override
  public void symlink(String target, SafePath link) {
    root.run("create the link", link, p -> Files.createSymbolicLink(p, RawPaths.target(target)));
  }

  @Override
  public void link(SafePath existing, SafePath name) {
    root.two("link", existing, name, (a, b) -> Files.createLink(b, a));
  }

  @Override
  public void makeNode(SafePath path, Stat.Kind kind, int mode, long rawDevice) {
    throw new StorageException(
        "cannot create the node '" + describe(path) + "': only possible on Linux",
        "run without -Demblema.native=off");
  }

  @Override
  public void clone(SafePath file, SafePath copy, int mode) {
    root.two(
        "copy",
        file,
        copy,
        (a, b) -> {
          mustBe(Stat.Kind.FILE, "copy", file, a);
          Files.copy(a, b, NOFOLLOW);
          Files.setAttribute(b, "unix:mode", mode, NOFOLLOW);
        });
  }

  @Override
  public void rename(SafePath from, SafePath to) {
    root.two("rename", from, to, (a, b) -> Files.move(a, b, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void renameNoReplace(SafePath from, SafePath to) {
    root.two(
        "rename",
        from,
        to,
        (a, b) -> {
          if (Files.exists(b, NOFOLLOW)) {
            throw new FileAlreadyExistsException(b.toString());
          }
          Files.move(a, b, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  @Override
  public void exchange(SafePath one, SafePath other) {
    root.two(
        "exchange",
        one,
        other,
        (a, b) -> {
          PlainStat.of(b);
          Path aside = a.resolveSibling(".exchange-" + ProcessHandle.current().pid());
          Files.move(a, aside, StandardCopyOption.ATOMIC_MOVE);
          Files.move(b, a, StandardCopyOption.ATOMIC_MOVE);
          Files.move(aside, b, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  @Override
  public void remove(SafePath path) {
    root.run(
        "remove",
        path,
        p -> {
          if (PlainStat.of(p).isDirectory()) {
            throw DiskFailure.wrongKind("remove", describe(path), Stat.Kind.DIRECTORY);
          }
          Files.delete(p);
        });
  }

  @Override
  public void removeDirectory(SafePath directory) {
    root.run(
        "remove the directory",
        directory,
        p -> {
          mustBe(Stat.Kind.DIRECTORY, "remove the directory", directory, p);
          Files.delete(p);
        });
  }

  @Override
  public void setMode(SafePath path, int mode) {
    root.run(
        "set the mode of",
        path,
        p -> {
          if (PlainStat.of(p).isLink()) {
            throw DiskFailure.wrongKind("set the mode of", describe(path), Stat.Kind.LINK);
          }
          Files.setAttribute(p, "unix:mode", mode);
        });
  }

  @Override
  public void setOwner(SafePath path, int uid, int gid) {
    root.run(
        "set the owner of",
        path,
        p -> {
          Files.setAttribute(p, "unix:uid", uid, NOFOLLOW);
          Files.setAttribute(p, "unix:gid", gid, NOFOLLOW);
        });
  }

  @Override
  public void setTimes(SafePath path, long atime, long mtime) {
    root.run(
        "set the times of",
        path,
        p ->
            Files.getFileAttributeView(p, BasicFileAttributeView.class, NOFOLLOW)
                .setTimes(
                    FileTime.from(mtime, TimeUnit.NANOSECONDS),
                    FileTime.from(atime, TimeUnit.NANOSECONDS),
                    null));
  }

  @Override
  public void setExtendedAttribute(SafePath path, String name, byte[] value) {
    root.run(
        "set the attribute " + name + " of",
        path,
        p -> mustHave(p, path, name).write(name.substring(USER.length()), ByteBuffer.wrap(value)));
  }

  @Override
  public void removeExtendedAttribute(SafePath path, String name) {
    root.run(
        "remove the attribute " + name + " of",
        path,
        p -> mustHave(p, path, name).delete(name.substring(USER.length())));
  }

  @Override
  public void sync(SafePath path) {
    root.sync(path);
  }

  @Override
  public void syncAll() {
    root.syncAll();
  }

  @Override
  public void close() {}

  private static @Nullable UserDefinedFileAttributeView attributes(Path p) {
    return Files.getFileAttributeView(p, UserDefinedFileAttributeView.class, NOFOLLOW);
  }

  private UserDefinedFileAttributeView mustHave(Path p, SafePath path, String name) {
    UserDefinedFileAttributeView view = attributes(p);
    if (view == null || !name.startsWith(USER)) {
      throw new StorageException(
          "cannot change the attribute '" + name + "' of '" + describe(path) + "'",
          "without native calls only attributes named user.* can be changed");
    }
    return view;
  }

  private void mustBe(Stat.Kind kind, String doing, SafePath path, Path p) throws IOException {
    Stat.Kind found = PlainStat.of(p).kind();
    if (found != kind) {
      throw DiskFailure.wrongKind(doing, describe(path), found);
    }
  }
}

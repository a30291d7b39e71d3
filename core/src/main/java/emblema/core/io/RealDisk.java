package emblema.core.io;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The disk of the machine. On Linux it works by system calls relative to the opened root;
 * elsewhere, or with {@code -Demblema.native=off}, it is a {@link PlainDisk}.
 *
 * <p>Linking the system calls costs a process about 20 ms, so the first looks go through the JDK: a
 * command that reads a few files never pays. The first change, or a long series of looks, links.
 */
public final class RealDisk implements Disk {
  private static final int LOOKS_BEFORE_LINKING = 500;

  private final PlainDisk plain;
  private volatile @Nullable Disk linked;
  private int looks;

  private RealDisk(PlainDisk plain) {
    this.plain = plain;
  }

  /** Opens an existing directory; links in the root's own path are followed. */
  public static RealDisk open(Path root) {
    return new RealDisk(PlainDisk.open(root));
  }

  private Disk look() {
    Disk now = linked;
    if (now != null) {
      return now;
    }
    return ++looks > LOOKS_BEFORE_LINKING ? change() : plain;
  }

  private Disk change() {
    Disk now = linked;
    return now != null ? now : link();
  }

  private synchronized Disk link() {
    Disk now = linked;
    if (now == null) {
      now = NativeDisk.open(plain.root()).orElse(plain);
      linked = now;
    }
    return now;
  }

  @Override
  public Path root() {
    return plain.root();
  }

  @Override
  public Optional<Stat> stat(SafePath path) {
    return look().stat(path);
  }

  @Override
  public List<String> list(SafePath directory) {
    return look().list(directory);
  }

  @Override
  public List<Entry> entries(SafePath directory) {
    return change().entries(directory); // Whoever walks a tree wants it fast.
  }

  @Override
  public String readLink(SafePath link) {
    return look().readLink(link);
  }

  @Override
  public InputStream read(SafePath file) {
    return look().read(file);
  }

  @Override
  public byte[] readBytes(SafePath file) {
    return look().readBytes(file);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(SafePath path) {
    return change().extendedAttributes(path);
  }

  @Override
  public Space space(SafePath path) {
    return change().space(path);
  }

  @Override
  public boolean isPrivileged() {
    return plain.isPrivileged();
  }

  @Override
  public void makeDirectory(SafePath directory, int mode) {
    change().makeDirectory(directory, mode);
  }

  @Override
  public OutputStream create(SafePath file, int mode) {
    return change().create(file, mode);
  }

  @Override
  public OutputStream append(SafePath file) {
    return change().append(file);
  }

  @Override
  public void patch(SafePath file, long offset, byte[] bytes) {
    change().patch(file, offset, bytes);
  }

  @Override
  public void symlink(String target, SafePath link) {
    change().symlink(target, link);
  }

  @Override
  public void link(SafePath existing, SafePath name) {
    change().link(existing, name);
  }

  @Override
  public void makeNode(SafePath path, Stat.Kind kind, int mode, long rawDevice) {
    change().makeNode(path, kind, mode, rawDevice);
  }

  @Override
  public void clone(SafePath file, SafePath copy, int mode) {
    change().clone(file, copy, mode);
  }

  @Override
  public boolean share(SafePath file, SafePath copy, int mode) {
    return change().share(file, copy, mode);
  }

  @Override
  public void rename(SafePath from, SafePath to) {
    change().rename(from, to);
  }

  @Override
  public void renameNoReplace(SafePath from, SafePath to) {
    change().renameNoReplace(from, to);
  }

  @Override
  public void exchange(SafePath one, SafePath other) {
    change().exchange(one, other);
  }

  @Override
  public void remove(SafePath path) {
    change().remove(path);
  }

  @Override
  public void removeDirectory(SafePath directory) {
    change().removeDirectory(directory);
  }

  @Override
  public void setMode(SafePath path, int mode) {
    change().setMode(path, mode);
  }

  @Override
  public void setOwner(SafePath path, int uid, int gid) {
    change().setOwner(path, uid, gid);
  }

  @Override
  public void setTimes(SafePath path, long atime, long mtime) {
    change().setTimes(path, atime, mtime);
  }

  @Override
  public void setExtendedAttribute(SafePath path, String name, byte[] value) {
    change().setExtendedAttribute(path, name, value);
  }

  @Override
  public void removeExtendedAttribute(SafePath path, String name) {
    change().removeExtendedAttribute(path, name);
  }

  @Override
  public void sync(SafePath path) {
    change().sync(path);
  }

  @Override
  public void syncAll() {
    change().syncAll();
  }

  @Override
  public void syncAll(SafePath path) {
    change().syncAll(path);
  }

  @Override
  public Hold hold() {
    return change().hold();
  }

  @Override
  public void close() {
    Disk now = linked;
    if (now != null) {
      now.close();
    }
  }
}

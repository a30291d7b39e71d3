package emblema.testkit;

import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.testkit.Operation.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A disk that notes every change, and can die or refuse at any of them. After a crash nothing has
 * an effect any more. Syncs are noted and not carried out: {@link Aftermath} knows what they would
 * have saved.
 */
public final class RecordingDisk implements Disk {
  private final Disk disk;
  private final List<Operation> operations = new ArrayList<>();
  private int crashAt = Integer.MAX_VALUE;
  private int faultAt = Integer.MAX_VALUE;
  private Fault fault = Fault.IO;
  private boolean isDead;
  private int count;

  public RecordingDisk(Disk disk) {
    this.disk = disk;
  }

  /** Dies instead of carrying out the n-th operation (from 1). */
  public RecordingDisk crashBefore(int n) {
    crashAt = n;
    return this;
  }

  /** Refuses the n-th operation (from 1) only. */
  public RecordingDisk failAt(int n, Fault how) {
    faultAt = n;
    fault = how;
    return this;
  }

  /** How many changes there were, syncs included. */
  public synchronized int count() {
    return count;
  }

  /** The changes in words, one each. */
  public synchronized List<String> log() {
    return operations.stream().map(Operation::toString).toList();
  }

  synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  private Disk alive() {
    if (isDead) {
      throw new Crash(count);
    }
    return disk;
  }

  private String identity(SafePath path) {
    return disk.stat(path).map(s -> s.device() + ":" + s.inode()).orElse("none:" + path.text());
  }

  private String directory(SafePath path) {
    return identity(path.parent().orElse(SafePath.ROOT));
  }

  /** Counts, and dies or refuses if this is the time. */
  private void begin(SafePath path) {
    alive();
    count++;
    if (count == crashAt) {
      isDead = true;
      throw new Crash(count);
    }
    if (count == faultAt) {
      throw fault.on(disk.describe(path));
    }
  }

  private void note(
      Kind kind, String verb, SafePath path, List<String> directories, Consumer<Disk> replay) {
    operations.add(new Operation(count, kind, verb, path, directories, identity(path), replay));
  }

  private synchronized void create(String verb, SafePath path, Consumer<Disk> work) {
    begin(path);
    work.accept(disk);
    note(Kind.CREATE, verb, path, List.of(directory(path)), work);
  }

  private synchronized void entry(
      String verb, SafePath path, List<String> directories, Consumer<Disk> work) {
    begin(path);
    work.accept(disk);
    note(Kind.ENTRY, verb, path, directories, work);
  }

  private synchronized void content(String verb, SafePath path, Consumer<Disk> work) {
    begin(path);
    work.accept(disk);
    note(Kind.CONTENT, verb, path, List.of(), work);
  }

  private void noteCopy(String verb, SafePath copy, int mode) {
    byte[] bytes = disk.readBytes(copy);
    note(Kind.CREATE, verb, copy, List.of(directory(copy)), d -> touch(d, copy, mode));
    note(Kind.CONTENT, "content", copy, List.of(), d -> append(d, copy, bytes));
  }

  @Override
  public void makeDirectory(SafePath directory, int mode) {
    create("makeDirectory", directory, d -> d.makeDirectory(directory, mode));
  }

  @Override
  public synchronized OutputStream create(SafePath file, int mode) {
    begin(file);
    OutputStream out = disk.create(file, mode);
    note(Kind.CREATE, "create", file, List.of(directory(file)), d -> touch(d, file, mode));
    return new RecordedOutput(out, file);
  }

  @Override
  public synchronized OutputStream append(SafePath file) {
    return new RecordedOutput(alive().append(file), file);
  }

  private final class RecordedOutput extends OutputStream {
    private final OutputStream out;
    private final SafePath file;
    private final String object;

    RecordedOutput(OutputStream out, SafePath file) {
      this.out = out;
      this.file = file;
      this.object = identity(file);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      synchronized (RecordingDisk.this) {
        begin(file);
        byte[] bytes = new byte[length];
        System.arraycopy(from, offset, bytes, 0, length);
        out.write(bytes);
        out.flush();
        operations.add(
            new Operation(
                count,
                Kind.CONTENT,
                "write",
                file,
                List.of(),
                object,
                d -> RecordingDisk.append(d, file, bytes)));
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private static void touch(Disk d, SafePath file, int mode) {
    append(d.create(file, mode), new byte[0]);
  }

  private static void append(Disk d, SafePath file, byte[] bytes) {
    append(d.append(file), bytes);
  }

  private static void append(OutputStream stream, byte[] bytes) {
    try (OutputStream out = stream) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void patch(SafePath file, long offset, byte[] bytes) {
    content("patch", file, d -> d.patch(file, offset, bytes));
  }

  @Override
  public void symlink(String target, SafePath link) {
    create("symlink", link, d -> d.symlink(target, link));
  }

  @Override
  public void link(SafePath existing, SafePath name) {
    List<String> directories = isDead ? List.of() : List.of(directory(name));
    entry("link", name, directories, d -> d.link(existing, name));
  }

  @Override
  public void makeNode(SafePath path, Stat.Kind kind, int mode, long rawDevice) {
    create("makeNode", path, d -> d.makeNode(path, kind, mode, rawDevice));
  }

  @Override
  public synchronized void clone(SafePath file, SafePath copy, int mode) {
    begin(copy);
    disk.clone(file, copy, mode);
    noteCopy("clone", copy, mode);
  }

  @Override
  public synchronized boolean share(SafePath file, SafePath copy, int mode) {
    begin(copy);
    boolean isShared = disk.share(file, copy, mode);
    if (isShared) {
      noteCopy("share", copy, mode);
    }
    return isShared;
  }

  @Override
  public void rename(SafePath from, SafePath to) {
    List<String> directories = isDead ? List.of() : List.of(directory(to));
    entry("rename '" + from.text() + "' to", to, directories, d -> d.rename(from, to));
  }

  @Override
  public void renameNoReplace(SafePath from, SafePath to) {
    List<String> directories = isDead ? List.of() : List.of(directory(to));
    entry("rename '" + from.text() + "' to", to, directories, d -> d.renameNoReplace(from, to));
  }

  @Override
  public void exchange(SafePath one, SafePath other) {
    List<String> directories = isDead ? List.of() : List.of(directory(one), directory(other));
    entry("exchange '" + one.text() + "' and", other, directories, d -> d.exchange(one, other));
  }

  @Override
  public void remove(SafePath path) {
    List<String> directories = isDead ? List.of() : List.of(directory(path));
    entry("remove", path, directories, d -> d.remove(path));
  }

  @Override
  public void removeDirectory(SafePath path) {
    List<String> directories = isDead ? List.of() : List.of(directory(path));
    entry("removeDirectory", path, directories, d -> d.removeDirectory(path));
  }

  @Override
  public void setMode(SafePath path, int mode) {
    content("setMode", path, d -> d.setMode(path, mode));
  }

  @Override
  public void setOwner(SafePath path, int uid, int gid) {
    content("setOwner", path, d -> d.setOwner(path, uid, gid));
  }

  @Override
  public void setTimes(SafePath path, long atime, long mtime) {
    content("setTimes", path, d -> d.setTimes(path, atime, mtime));
  }

  @Override
  public void setExtendedAttribute(SafePath path, String name, byte[] value) {
    content("setExtendedAttribute " + name, path, d -> d.setExtendedAttribute(path, name, value));
  }

  @Override
  public void removeExtendedAttribute(SafePath path, String name) {
    content("removeExtendedAttribute " + name, path, d -> d.removeExtendedAttribute(path, name));
  }

  @Override
  public synchronized void sync(SafePath path) {
    begin(path);
    if (disk.stat(path).isEmpty()) {
      throw new NotFoundException("cannot make durable '" + disk.describe(path) + "': not there");
    }
    note(Kind.SYNC, "sync", path, List.of(), d -> {});
  }

  @Override
  public synchronized void syncAll() {
    begin(SafePath.ROOT);
    note(Kind.SYNC_ALL, "syncAll", SafePath.ROOT, List.of(), d -> {});
  }

  @Override
  public synchronized void syncAll(SafePath path) {
    begin(path);
    note(Kind.SYNC_ALL, "syncAll", path, List.of(), d -> {});
  }

  @Override
  public Path root() {
    return disk.root();
  }

  @Override
  public Optional<Stat> stat(SafePath path) {
    return alive().stat(path);
  }

  @Override
  public List<String> list(SafePath directory) {
    return alive().list(directory);
  }

  @Override
  public List<Entry> entries(SafePath directory) {
    return alive().entries(directory);
  }

  @Override
  public String readLink(SafePath link) {
    return alive().readLink(link);
  }

  @Override
  public InputStream read(SafePath file) {
    return alive().read(file);
  }

  @Override
  public byte[] readBytes(SafePath file) {
    return alive().readBytes(file);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(SafePath path) {
    return alive().extendedAttributes(path);
  }

  @Override
  public Space space(SafePath path) {
    return alive().space(path);
  }

  @Override
  public boolean isPrivileged() {
    return disk.isPrivileged();
  }

  /** Closes the disk below, crashed or not. */
  @Override
  public void close() {
    disk.close();
  }
}

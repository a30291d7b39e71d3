package emblema.flash.tree;

import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes a tree of the members of an archive, below one directory and nowhere else: names that would
 * leave it are refused, links in it are not followed. As an ordinary user owners and devices are
 * left out. Of several members with one name the last counts.
 */
public final class Extraction {
  private static final int NEW_DIRECTORY = 0700;

  /** Linux takes no longer path. */
  private static final int LONGEST_PATH = 4096;

  private static final long NANOSECONDS = 1_000_000_000L;

  /** The number that means "no change" to the system. */
  private static final long NOBODY = 0xFFFFFFFFL;

  /** Where Solaris' archivers keep extended attributes. */
  private static final String ATTRIBUTES = "dev/null/attr";

  private final Disk disk;
  private final SafePath top;
  private final EventSink events;
  private final DirectoryTimes times;

  /** Names of one object that share their content: of each all but the last come empty. */
  private final Map<Identity, Names> groups = new HashMap<>();

  private final List<Member> directories = new ArrayList<>();
  private int leftOut;

  private record Identity(long device, long inode) {}

  private static final class Names {
    SafePath holder = SafePath.ROOT;
    final List<SafePath> waiting = new ArrayList<>();
    long seen;
  }

  /**
   * @param top an existing directory of the disk
   */
  public Extraction(Disk disk, SafePath top, EventSink events) {
    this(disk, top, new DirectoryTimes(disk), events);
  }

  /**
   * @param times learns of each directory before something in it changes
   */
  public Extraction(Disk disk, SafePath top, DirectoryTimes times, EventSink events) {
    this.disk = disk;
    this.top = top;
    this.times = times;
    this.events = events;
  }

  /** Extracts everything; how many members could not be made is told as warnings. */
  public void run(MemberReader members, String source) {
    try {
      for (Member member = members.next(); member != null; member = members.next()) {
        extract(member, members);
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot extract '" + source + "'",
          Objects.toString(e.getMessage(), null),
          List.of("what was extracted so far is in '" + disk.describe(top) + "'"),
          e);
    }
    groups.values().forEach(this::linkEmpty);
    times.restore();
    for (Member directory : directories.reversed()) {
      SafePath path = place(directory);
      if (disk.stat(path).filter(Stat::isDirectory).isPresent()) {
        finish(path, directory);
        times.set(path, directory.mtime() * NANOSECONDS);
      }
    }
    if (leftOut > 0) {
      warn(leftOut + " objects were left out");
    }
  }

  private SafePath place(Member member) {
    if (member.path().length() > LONGEST_PATH) {
      throw new MalformedException(
          "path '"
              + member.path().substring(0, 80)
              + "…' is not allowed: it has "
              + member.path().length()
              + " characters");
    }
    SafePath path = SafePath.of(member.path());
    return top.isRoot() ? path : top.resolve(path.text());
  }

  private void extract(Member member, MemberReader members) throws IOException {
    if (member.path().isEmpty()) {
      return; // the top itself
    }
    if (member.path().startsWith(ATTRIBUTES) || member.kind() == Member.Kind.OTHER) {
      leaveOut(member, "is a record of attributes");
      return;
    }
    requireOwner(member);
    SafePath path = place(member);
    makeParents(path);
    times.beforeChangeOf(path);
    if (member.kind() == Member.Kind.DIRECTORY) {
      if (disk.stat(path).filter(Stat::isDirectory).isEmpty()) {
        makeRoom(path);
        disk.makeDirectory(path, NEW_DIRECTORY);
      }
      directories.add(member);
      return;
    }
    switch (member.kind()) {
      case FILE -> file(path, member, members);
      case LINK -> {
        makeRoom(path);
        disk.symlink(member.target(), path);
        own(path, member);
        setTimes(path, member);
      }
      case HARD_LINK -> {
        makeRoom(path);
        SafePath existing = SafePath.of(member.target());
        disk.link(top.isRoot() ? existing : top.resolve(existing.text()), path);
      }
      case FIFO, CHARACTER, BLOCK -> node(path, member);
      case SOCKET, OTHER, DIRECTORY -> leaveOut(member, "is a socket");
    }
  }

  private void node(SafePath path, Member member) {
    if (member.kind() != Member.Kind.FIFO && !disk.isPrivileged()) {
      leaveOut(member, "is a device, which only root can make");
      return;
    }
    makeRoom(path);
    disk.makeNode(
        path,
        switch (member.kind()) {
          case CHARACTER -> Stat.Kind.CHARACTER;
          case BLOCK -> Stat.Kind.BLOCK;
          default -> Stat.Kind.FIFO;
        },
        member.mode(),
        member.rawDevice());
    finish(path, member);
  }

  private void file(SafePath path, Member member, MemberReader members) throws IOException {
    makeRoom(path);
    if (member.links() < 2) {
      write(path, member, members);
      return;
    }
    Identity identity = new Identity(member.device(), member.inode());
    Names names = groups.computeIfAbsent(identity, key -> new Names());
    names.seen++;
    if (!names.holder.isRoot()) {
      disk.link(names.holder, path);
    } else {
      write(path, member, members);
      if (member.size() == 0) {
        names.waiting.add(path);
      } else {
        names.holder = path;
        names.waiting.remove(path); // A name that comes twice is not its own other name.
        names.waiting.forEach(each -> relink(path, each));
        names.waiting.clear();
      }
    }
    if (names.seen == member.links()) {
      linkEmpty(names);
      groups.remove(identity);
    }
  }

  /** Files that are really empty, and really one. */
  private void linkEmpty(Names names) {
    for (int i = 1; i < names.waiting.size(); i++) {
      relink(names.waiting.getFirst(), names.waiting.get(i));
    }
  }

  private void relink(SafePath existing, SafePath name) {
    disk.remove(name);
    disk.link(existing, name);
  }

  private void write(SafePath path, Member member, MemberReader members) throws IOException {
    try (OutputStream out = disk.create(path, 0600)) {
      members.content().transferTo(out);
    }
    finish(path, member);
  }

  private void finish(SafePath path, Member member) {
    own(path, member);
    disk.setMode(path, member.mode());
    member.attributes().forEach((name, value) -> attribute(path, member, name, value));
    setTimes(path, member);
  }

  private void attribute(SafePath path, Member member, String name, byte[] value) {
    try {
      disk.setExtendedAttribute(path, name, value);
    } catch (AccessException | StorageException e) {
      warn(
          "'"
              + member.path()
              + "' cannot have the attribute '"
              + name
              + "': left out, "
              + e.getMessage());
    }
  }

  private void setTimes(SafePath path, Member member) {
    long time = member.mtime() * NANOSECONDS;
    disk.setTimes(path, time, time);
  }

  private void own(SafePath path, Member member) {
    if (disk.isPrivileged()) {
      disk.setOwner(path, (int) member.uid(), (int) member.gid());
    }
  }

  private static void requireOwner(Member member) {
    if (member.uid() < 0 || member.uid() >= NOBODY || member.gid() < 0 || member.gid() >= NOBODY) {
      throw new MalformedException(
          "'" + member.path() + "' has an owner that no system has",
          "user " + member.uid() + ", group " + member.gid());
    }
  }

  private void makeParents(SafePath path) {
    SafePath parent = path.parent().orElse(SafePath.ROOT);
    if (!parent.isRoot() && disk.stat(parent).isEmpty()) {
      makeParents(parent);
      times.beforeChangeOf(parent);
      disk.makeDirectory(parent, 0755);
    }
  }

  private void makeRoom(SafePath path) {
    disk.stat(path)
        .ifPresent(
            stat -> {
              if (stat.isDirectory()) {
                disk.removeDirectory(path);
              } else {
                disk.remove(path);
              }
            });
  }

  private void leaveOut(Member member, String why) {
    leftOut++;
    warn("'" + member.path() + "' " + why + ": left out");
  }

  private void warn(String text) {
    events.emit(new Event.Warning(text));
  }
}

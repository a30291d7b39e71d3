package emblema.image.verify;

import emblema.core.action.Action;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LinkAction;
import emblema.core.error.EmblemaException;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/** Checks objects of the file system. Safe for use by several threads. */
final class ObjectCheck {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final ThreadLocal<byte[]> BUFFERS =
      ThreadLocal.withInitial(() -> new byte[1 << 17]);

  private final Disk disk;
  private final Owners users;
  private final Owners groups;
  private final LongConsumer progress;

  /**
   * @param progress told the bytes of each piece that was hashed
   */
  ObjectCheck(Disk disk, LongConsumer progress) {
    this.disk = disk;
    this.users = Owners.users(disk);
    this.groups = Owners.groups(disk);
    this.progress = progress;
  }

  Owners users() {
    return users;
  }

  Owners groups() {
    return groups;
  }

  /** What is wrong with the object; empty if nothing. */
  List<Finding.Problem> check(Action action) {
    List<Finding.Problem> problems = new ArrayList<>();
    try {
      switch (action) {
        case DirectoryAction directory -> directory(directory, problems);
        case FileAction file -> file(file, problems);
        case LinkAction link -> link(link, problems);
        case HardLinkAction link -> hardLink(link, problems);
        default -> {}
      }
    } catch (EmblemaException e) {
      error(problems, String.valueOf(e.getMessage()));
    }
    return problems;
  }

  private void directory(DirectoryAction action, List<Finding.Problem> problems) {
    Optional<Stat> stat =
        expect(SafePath.of(action.path()), Stat.Kind.DIRECTORY, "directory", problems);
    if (stat.isPresent()) {
      attributes(action, stat.get(), problems);
    }
  }

  private void file(FileAction action, List<Finding.Problem> problems) {
    String preserve = action.preserve().equals("false") ? "" : action.preserve();
    if (preserve.equals("abandon")) {
      return;
    }
    SafePath path = SafePath.of(action.path());
    boolean mayBeMissing = preserve.equals("legacy") || preserve.equals("install-only");
    if (mayBeMissing && disk.stat(path).isEmpty()) {
      return;
    }
    Optional<Stat> stat = expect(path, Stat.Kind.FILE, "regular file", problems);
    if (stat.isEmpty()) {
      return;
    }
    if (!preserve.equals("install-only")) {
      attributes(action, stat.get(), problems);
    }
    boolean isEditable = !preserve.isEmpty() && !action.attributes().has("elfhash");
    if (!isEditable) {
      timestamp(action, stat.get(), problems);
    }
    content(action, path, stat.get(), isEditable, problems);
  }

  private void content(
      FileAction action,
      SafePath path,
      Stat stat,
      boolean isEditable,
      List<Finding.Problem> problems) {
    Optional<ContentHashes.Stated> expected = ContentHashes.of(action).forContent();
    if (expected.isEmpty()) {
      if (!isEditable && action.size() >= 0 && action.size() != stat.size()) {
        error(problems, "Size: " + stat.size() + " bytes should be " + action.size());
      }
      return;
    }
    String actual = hash(path, expected.get().digest());
    if (!actual.equals(expected.get().hex())) {
      if (isEditable) {
        problems.add(new Finding.Problem(Finding.Level.INFO, "editable file has been changed"));
      } else {
        error(problems, "Hash: " + actual + " should be " + expected.get().hex());
      }
    }
  }

  private String hash(SafePath path, Digest digest) {
    MessageDigest computation = digest.start();
    byte[] buffer = BUFFERS.get();
    try (InputStream in = disk.read(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        computation.update(buffer, 0, n);
        progress.accept(n);
      }
    } catch (IOException e) {
      throw emblema.core.io.DiskFailure.of("read", disk.root().resolve(path.text()), e);
    }
    return Digest.finish(computation);
  }

  private static void timestamp(Action action, Stat stat, List<Finding.Problem> problems) {
    Optional<String> text = action.attributes().first("timestamp");
    if (text.isEmpty()) {
      return;
    }
    try {
      Instant expected = LocalDateTime.parse(text.get(), STAMP).toInstant(ZoneOffset.UTC);
      Instant actual = Instant.ofEpochSecond(Math.floorDiv(stat.mtime(), 1_000_000_000L));
      if (!expected.equals(actual)) {
        String found = STAMP.format(LocalDateTime.ofInstant(actual, ZoneOffset.UTC));
        error(problems, "Timestamp: " + found + " should be " + text.get());
      }
    } catch (DateTimeParseException e) {
      error(problems, "Timestamp: '" + text.get() + "' in the manifest is not a time");
    }
  }

  private void link(LinkAction action, List<Finding.Problem> problems) {
    SafePath path = SafePath.of(action.attributes().get("path", ""));
    if (action.attributes().is("preserve", "true")) {
      return;
    }
    if (expect(path, Stat.Kind.LINK, "symbolic link", problems).isPresent()) {
      String target = disk.readLink(path);
      String expected = action.attributes().get("target", "");
      if (!target.equals(expected)) {
        error(problems, "target: '" + target + "' should be '" + expected + "'");
      }
    }
  }

  private void hardLink(HardLinkAction action, List<Finding.Problem> problems) {
    SafePath path = SafePath.of(action.attributes().get("path", ""));
    String target = action.attributes().get("target", "");
    Optional<Stat> here = expect(path, Stat.Kind.FILE, "hard link", problems);
    if (here.isEmpty()) {
      return;
    }
    Optional<SafePath> other = HardLinkTarget.of(path, target);
    Optional<Stat> there = other.flatMap(disk::stat);
    if (there.isEmpty()) {
      error(problems, "Target '" + target + "' does not exist");
    } else if (there.get().inode() != here.get().inode()
        || there.get().device() != here.get().device()) {
      error(problems, "Path and Target (" + target + ") inodes not the same");
    }
  }

  private Optional<Stat> expect(
      SafePath path, Stat.Kind kind, String name, List<Finding.Problem> problems) {
    Optional<Stat> stat = disk.stat(path);
    if (stat.isEmpty()) {
      error(problems, "missing: " + name + " does not exist");
      return stat;
    }
    if (stat.get().kind() != kind) {
      error(
          problems, "file type: '" + word(stat.get().kind()) + "' should be '" + word(kind) + "'");
      return Optional.empty();
    }
    return stat;
  }

  private static String word(Stat.Kind kind) {
    return switch (kind) {
      case FILE -> "regular file";
      case DIRECTORY -> "directory";
      case LINK -> "symbolic link";
      case FIFO -> "fifo";
      case CHARACTER -> "character device";
      case BLOCK -> "block device";
      case SOCKET -> "socket";
    };
  }

  /** Mode, and for whom it matters owner and group: an ordinary user's images only record them. */
  private void attributes(Action action, Stat stat, List<Finding.Problem> problems) {
    String mode = action.attributes().get("mode", "");
    if (mode.matches("[0-7]{1,5}") && !isMode(stat.mode(), Integer.parseInt(mode, 8))) {
      error(
          problems,
          String.format(
              Locale.ROOT, "mode: %04o should be %04o", stat.mode(), Integer.parseInt(mode, 8)));
    }
    if (disk.isPrivileged()) {
      owner("owner", users, action.attributes().get("owner", ""), stat.uid(), problems);
      owner("group", groups, action.attributes().get("group", ""), stat.gid(), problems);
    }
  }

  /** What an ordinary user installs stays writable by its owner (spec manifest, section 15.1). */
  private boolean isMode(int actual, int expected) {
    return actual == expected || !disk.isPrivileged() && actual == (expected | 0200);
  }

  private static void owner(
      String what, Owners owners, String name, int actual, List<Finding.Problem> problems) {
    if (name.isEmpty()) {
      return;
    }
    OptionalInt expected = owners.id(name);
    if (expected.isEmpty()) {
      error(problems, what + ": '" + name + "' is not known to the image");
    } else if (expected.getAsInt() != actual) {
      error(
          problems,
          what
              + ": '"
              + owners.describe(actual)
              + "' should be '"
              + owners.describe(expected.getAsInt())
              + "'");
    }
  }

  static void error(List<Finding.Problem> problems, String text) {
    problems.add(new Finding.Problem(Finding.Level.ERROR, text));
  }
}

package emblema.publisher.bundle;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.io.SafePath;
import emblema.core.io.SharedFile;
import emblema.store.publication.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * A tar archive as actions, in the order of its members (spec pkgsend, section 2.3); of members
 * with one name the last counts. A compressed one is unpacked to a file without name first, because
 * payloads are read more than once and in any order.
 */
final class TarBundle implements Bundle {
  /** Bytes of headers before one member; the longest names take a few thousand. */
  private static final int LONGEST_HEADERS = 1 << 20;

  private static final int BLOCK = 512;

  private final SharedFile file;
  private final BundleOptions options;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean missesOwners;

  private TarBundle(SharedFile file, BundleOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * @param given closed with the bundle, or at once if it is compressed
   */
  static TarBundle open(SharedFile given, BundleOptions options) {
    Compression compression = Compression.of(given.start(8));
    SharedFile plain =
        compression == Compression.NONE ? given : unpacked(given, compression, options);
    TarBundle bundle = new TarBundle(plain, options);
    try {
      bundle.scan();
    } catch (RuntimeException e) {
      plain.close();
      throw e;
    }
    return bundle;
  }

  private static SharedFile unpacked(
      SharedFile given, Compression compression, BundleOptions options) {
    try (given;
        InputStream content = compression.open(given.read(0, given.size()))) {
      return SharedFile.spool(content, options.temporary(), given.path());
    } catch (IOException e) {
      throw new MalformedException("'" + given.path() + "' cannot be unpacked: " + e.getMessage());
    }
  }

  private void scan() {
    byte[] start = file.start(BLOCK);
    if (start.length < BLOCK || !isHeader(start) && !isZero(start)) {
      throw Bundles.unknown(file.path());
    }
    SharedFile.Reading in = file.read(0, file.size());
    String last = "the start";
    try (TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      while (true) {
        in.allow(LONGEST_HEADERS);
        TarArchiveEntry member = tar.getNextEntry();
        if (member == null) {
          return;
        }
        last = "'" + member.getName() + "'";
        take(member, in.position());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw corrupt("after " + last + ": " + e.getMessage());
    }
  }

  private static boolean isHeader(byte[] block) {
    try {
      return TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException e) {
      return false; // what should be the sum is no number
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private void take(TarArchiveEntry member, long data) {
    if (!member.isCheckSumOK()) {
      throw corrupt("the header of '" + member.getName() + "' is damaged");
    }
    SafePath path = path(member.getName());
    if (path.equals(SafePath.ROOT)) {
      return;
    }
    if (member.isDirectory()) {
      put(path, new Entry(Action.of(ActionType.DIR, null, owned(path, member)), null));
    } else if (member.isSymbolicLink()) {
      Attributes link = Attributes.of("path", path.text(), "target", member.getLinkName());
      put(path, new Entry(Action.of(ActionType.LINK, null, link), null));
    } else if (member.isLink()) {
      String target = DirectoryBundle.relative(path, path(member.getLinkName()));
      Attributes link = Attributes.of("path", path.text(), "target", target);
      put(path, new Entry(Action.of(ActionType.HARDLINK, null, link), null));
    } else if (isFile(member) && !member.isSparse()) {
      if (member.getSize() > file.size() - data) {
        throw corrupt("it ends within '" + member.getName() + "'");
      }
      PayloadSource content = new FileRegion(file, data, member.getSize());
      put(path, new Entry(Action.of(ActionType.FILE, path.text(), owned(path, member)), content));
    } else if (member.isSparse()) {
      throw corrupt("'" + member.getName() + "' is sparse; make the archive without '--sparse'");
    } else {
      options
          .events()
          .emit(
              new Event.Warning(
                  "skipped '"
                      + path.text()
                      + "' of '"
                      + file.path()
                      + "': a package cannot hold such an object"));
    }
  }

  private static boolean isFile(TarArchiveEntry member) {
    return switch (member.getLinkFlag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> true;
      default -> false;
    };
  }

  private void put(SafePath path, Entry entry) {
    entries.remove(path.text());
    entries.put(path.text(), entry);
  }

  /** Without {@code ./} and slashes at its ends; a name that leaves the tree is refused. */
  private SafePath path(String name) {
    try {
      String plain = name.replaceAll("/+(\\./+)*", "/").replaceFirst("^(\\./|/)+", "");
      plain = plain.endsWith("/.") ? plain.substring(0, plain.length() - 2) : plain;
      plain = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
      if (plain.isEmpty() || plain.equals(".")) {
        return SafePath.ROOT;
      }
      if (plain.chars().anyMatch(c -> emblema.core.action.TextLines.isBoundary((char) c))) {
        throw new MalformedException("a manifest cannot hold a name with a line break");
      }
      return SafePath.of(plain);
    } catch (MalformedException e) {
      throw corrupt("the name '" + name + "' is refused: " + e.reason());
    }
  }

  private Attributes owned(SafePath path, TarArchiveEntry member) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("path", path.text())
            .add("mode", String.format("0%o", member.getMode() & 07777))
            .add("owner", owner(member.getUserName(), "root"))
            .add("group", owner(member.getGroupName(), "bin"));
    options.addTime(attributes, path.name(), member.getLastModifiedTime().to(TimeUnit.NANOSECONDS));
    return attributes.build();
  }

  private String owner(String name, String otherwise) {
    if (!name.isBlank()) {
      return name;
    }
    if (!missesOwners) {
      missesOwners = true;
      options
          .events()
          .emit(
              new Event.Warning(
                  "'" + file.path() + "' does not name all owners: root and bin are taken"));
    }
    return otherwise;
  }

  private MalformedException corrupt(String reason) {
    return new MalformedException(
        file.path().toString(), 0, 0, "the archive is refused: " + reason, null);
  }

  @Override
  public void forEach(Consumer<Entry> each) {
    entries.values().forEach(each);
  }

  @Override
  public Optional<PayloadSource> payload(String name) {
    String plain = name.replaceFirst("^(\\./)+", "");
    return Optional.ofNullable(entries.get(plain)).map(Entry::content);
  }

  @Override
  public String name() {
    return file.path().toString();
  }

  @Override
  public void close() {
    file.close();
  }
}

package emblema.flash.view;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.SectionName;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.Payload;
import emblema.flash.codec.UuInputStream;
import emblema.flash.deploy.CloneCheck;
import emblema.flash.manifest.ChecklistReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a differential archive takes away from its base: by its manifest, which the base must agree
 * with, or without one by the list in its predeployment section.
 */
final class Removals implements ArchiveReader.Sections {
  /** Paths, each ended by NUL (spec flash-archive, 4.1). */
  private static final String LIST = ".deleted";

  private static final int LONGEST_LIST = 64 << 20;

  private final Disk base;
  private final Path archive;
  private final List<SafePath> paths = new ArrayList<>();
  private boolean hasManifest;
  private boolean hasList;

  Removals(Disk base, Path archive) {
    this.base = base;
    this.archive = archive;
  }

  /** Whether the archive says at all what it takes away. */
  boolean areKnown() {
    return hasManifest || hasList;
  }

  /** Known when all sections were seen. */
  List<SafePath> paths() {
    return List.copyOf(paths);
  }

  @Override
  public void section(String name, InputStream body) throws IOException {
    if (name.equals(SectionName.MANIFEST)) {
      hasManifest = true;
      paths.clear();
      CloneCheck check = CloneCheck.of(new ChecklistReader(body, archive.toString()), base);
      require(check);
      check.removals(false).forEach(path -> paths.add(SafePath.of(path)));
    } else if (name.equals(SectionName.PREDEPLOYMENT) && !hasManifest) {
      list(body);
    }
  }

  private void require(CloneCheck check) {
    try {
      check.require("'" + base.root() + "'", archive.toString(), false);
    } catch (ConflictException e) {
      throw new ConflictException(
          String.valueOf(e.getMessage()),
          e.detail().orElse(""),
          List.of("name the tree that the archive was made for with -A"),
          e);
    }
  }

  private void list(InputStream body) throws IOException {
    BufferedInputStream decoded = new BufferedInputStream(new UuInputStream(body));
    decoded.mark(1);
    if (decoded.read() < 0) {
      return;
    }
    decoded.reset();
    MemberReader members = new Payload(decoded, true, true).members();
    for (Member member = members.next(); member != null; member = members.next()) {
      if (member.path().equals(LIST)
          || member.path().equals(SectionName.PREDEPLOYMENT + "/" + LIST)) {
        hasList = true;
        String list = OsNames.decode(members.content().readNBytes(LONGEST_LIST));
        for (String path : list.split("\0", -1)) {
          if (!path.isEmpty()) {
            paths.add(SafePath.of(path));
          }
        }
      }
    }
  }
}

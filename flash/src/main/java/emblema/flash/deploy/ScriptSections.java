package emblema.flash.deploy;

import emblema.core.error.MalformedException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.SectionName;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.Payload;
import emblema.flash.codec.UuInputStream;
import emblema.flash.script.Script;
import emblema.flash.tree.Extraction;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sections predeployment, postdeployment and reboot: small archives, uuencoded (spec
 * flash-archive, section 5). Looking at them runs nothing.
 */
public final class ScriptSections {
  /** Paths that the clone loses, each ended by NUL; for deployments without a manifest. */
  private static final String DELETED = ".deleted";

  /** Many more than any system has files; what claims more is a bomb. */
  private static final long LONGEST_LIST = 64L << 20;

  private static final int MOST_SCRIPTS = 10_000;

  private static final int OWNER_EXECUTES = 0100;

  private ScriptSections() {}

  static boolean isOne(String section) {
    return section.equals(SectionName.PREDEPLOYMENT)
        || section.equals(SectionName.POSTDEPLOYMENT)
        || section.equals(SectionName.REBOOT);
  }

  /** The software's own step of a section, which comes before the user's scripts. */
  static String step(String section) {
    return section + "_processing";
  }

  private static Optional<Payload> payload(InputStream body) throws IOException {
    PushbackInputStream decoded = new PushbackInputStream(new UuInputStream(body));
    int first = decoded.read();
    if (first < 0) {
      return Optional.empty();
    }
    decoded.unread(first);
    return Optional.of(new Payload(decoded, true, true));
  }

  /** Which scripts an archive holds, in the order in which deployment would run them. */
  public static List<Script> of(ArchiveReader archive) {
    List<Script> scripts = new ArrayList<>();
    archive.sections(
        (name, body) -> {
          if (isOne(name)) {
            scripts.addAll(list(name, body));
          }
        });
    return scripts;
  }

  /** Which scripts a section holds, in the order of their names. */
  static List<Script> list(String section, InputStream body) throws IOException {
    List<Script> scripts = new ArrayList<>();
    Optional<Payload> payload = payload(body);
    if (payload.isPresent()) {
      MemberReader members = payload.get().members();
      for (Member member = members.next(); member != null; member = members.next()) {
        String name = member.path().substring(member.path().indexOf('/') + 1);
        boolean isDirect = name.indexOf('/') < 0 && member.path().equals(section + "/" + name);
        boolean isStep = member.path().equals(step(section));
        boolean runs =
            member.kind() == Member.Kind.LINK
                || (member.isFile() && (member.mode() & OWNER_EXECUTES) != 0);
        if (runs && (isDirect || isStep)) {
          scripts.add(new Script(section, name));
          if (scripts.size() > MOST_SCRIPTS) {
            throw new MalformedException(
                "section '" + section + "' has more than " + MOST_SCRIPTS + " scripts");
          }
        }
      }
    }
    scripts.sort(
        Comparator.comparing((Script script) -> !script.name().equals(step(section)))
            .thenComparing(Script::name, OsNames::compare));
    return scripts;
  }

  /** Unpacks a section into the scripts' directory, which all three share. */
  static void unpack(InputStream body, Disk disk, String source, EventSink events)
      throws IOException {
    Optional<Payload> payload = payload(body);
    if (payload.isPresent()) {
      new Extraction(disk, Places.SCRIPTS, events).run(payload.get().members(), source);
    }
  }

  /** What the archive wants removed, as far as its sections say so without a manifest. */
  static List<SafePath> deleted(Disk disk) {
    for (SafePath list :
        List.of(
            Places.SCRIPTS.resolve(SectionName.PREDEPLOYMENT).resolve(DELETED),
            Places.SCRIPTS.resolve(DELETED))) {
      Optional<Stat> found = disk.stat(list).filter(Stat::isFile);
      if (found.isPresent()) {
        if (found.get().size() > LONGEST_LIST) {
          throw new MalformedException(
              "the archive's list of deleted paths has " + found.get().size() + " bytes",
              "at most " + LONGEST_LIST + " are read");
        }
        List<SafePath> paths = new ArrayList<>();
        for (String path : OsNames.decode(disk.readBytes(list)).split("\0", -1)) {
          if (!path.isEmpty()) {
            paths.add(SafePath.of(path));
          }
        }
        return paths;
      }
    }
    return List.of();
  }
}

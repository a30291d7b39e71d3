package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.fmri.Version;
import emblema.image.image.Frozen;
import emblema.image.image.ImageState;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds packages at a version, or lists what is held (spec client-cli, section 4.17). */
final class FreezeCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("hold packages at a version")
        .flag("-n", "only say what would be frozen")
        .flag("-H", "omit headers")
        .value("-c", "reason", "why")
        .operands("pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      if (arguments.operands().isEmpty()) {
        list(open.image().state().frozen(), session, !arguments.has("-H"));
        return 0;
      }
      List<Frozen.Freeze> freezes =
          arguments.has("-n")
              ? freezes(open.image().state(), arguments, open.now())
              : open.change("freeze", operation -> freeze(open, arguments));
      for (Frozen.Freeze freeze : freezes) {
        session
            .out()
            .line(freeze.fmri().stem() + " was frozen at " + shown(freeze.fmri().requireVersion()));
      }
      return 0;
    }
  }

  private static List<Frozen.Freeze> freeze(OpenImage open, Arguments arguments) {
    ImageState state = open.image().state();
    List<Frozen.Freeze> freezes = freezes(state, arguments, open.now());
    Frozen frozen = state.frozen();
    for (Frozen.Freeze freeze : freezes) {
      frozen = frozen.with(freeze);
    }
    open.image().save(state.withFrozen(frozen), open.now());
    return freezes;
  }

  private static List<Frozen.Freeze> freezes(ImageState state, Arguments arguments, Instant now) {
    List<Frozen.Freeze> freezes = new ArrayList<>();
    String comment = arguments.value("-c").orElse(null);
    for (String operand : arguments.operands()) {
      for (Fmri fmri : versions(state, FmriPattern.parse(operand))) {
        for (Frozen.Freeze other : freezes) {
          if (other.fmri().stem().equals(fmri.stem()) && !other.fmri().equals(fmri)) {
            throw new ConflictException(
                "package '" + fmri.stem() + "' cannot be frozen at two versions",
                shown(other.fmri().requireVersion()) + " and " + shown(fmri.requireVersion()));
          }
        }
        freezes.add(new Frozen.Freeze(fmri, comment, now));
      }
    }
    return freezes;
  }

  private static List<Fmri> versions(ImageState state, FmriPattern pattern) {
    String version = pattern.version() == null ? null : pattern.version().toString();
    List<StateEntry> installed =
        state.installed().stream().filter(e -> pattern.matchesName(e.fmri().stem())).toList();
    if (version == null) {
      if (installed.isEmpty()) {
        throw new NotFoundException(
            "'" + pattern.text() + "' is not installed",
            "name a version to freeze a package that is not installed");
      }
      return installed.stream().map(entry -> entry.fmri().withPublisher(null)).toList();
    }
    Version wanted = Version.parse(version.contains(",") ? version : withBuild(version));
    if (!installed.isEmpty()) {
      for (StateEntry entry : installed) {
        if (!entry.fmri().requireVersion().isSuccessorOf(wanted, Version.Constraint.AUTO)) {
          throw new ConflictException(
              "package '"
                  + entry.fmri().toShortString()
                  + "' is installed, which is not version '"
                  + version
                  + "'",
              "install that version first");
        }
      }
      return installed.stream().map(entry -> new Fmri(null, entry.fmri().stem(), wanted)).toList();
    }
    PackageMatch<StateEntry> known =
        PackageMatch.of(state.entries(), List.of(pattern), StateEntry::fmri);
    List<String> stems =
        known.matched().stream().map(entry -> entry.fmri().stem()).distinct().toList();
    if (stems.size() == 1) {
      return List.of(new Fmri(null, stems.getFirst(), wanted));
    }
    if (stems.size() > 1) {
      throw new ConflictException(
          "'" + pattern.text() + "' matches several packages",
          "  " + String.join("\n  ", stems),
          List.of("give the full name, pkg:/name"),
          null);
    }
    throw new NotFoundException(
        "'" + pattern.text() + "' matches no known package",
        "'pkg refresh' learns what publishers offer");
  }

  /** As the reference completes versions that people type. */
  private static String withBuild(String version) {
    int end = version.length();
    for (char mark : new char[] {'-', ':'}) {
      int at = version.indexOf(mark);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    return version.substring(0, end) + ",5.11" + version.substring(end);
  }

  private static String shown(Version version) {
    String timestamp = version.timestamp();
    return version.toShortString() + (timestamp == null ? "" : ":" + timestamp);
  }

  private static void list(Frozen frozen, Session session, boolean header) {
    if (frozen.freezes().isEmpty()) {
      return;
    }
    if (header) {
      session.out().line(row("NAME", "VERSION", "DATE", "COMMENT"));
    }
    ZoneId zone = session.clock().getZone();
    for (Frozen.Freeze freeze : frozen.freezes().values()) {
      String comment = freeze.comment();
      session
          .out()
          .line(
              row(
                  freeze.fmri().stem(),
                  shown(freeze.fmri().requireVersion()),
                  date(freeze.since(), zone),
                  comment == null ? "None" : comment));
    }
  }

  private static String date(Instant when, ZoneId zone) {
    ZonedDateTime time = when.atZone(zone);
    String name =
        zone.normalized().getId().equals("Z")
            ? "UTC"
            : zone.getDisplayName(TextStyle.SHORT, Locale.ROOT);
    return String.format(
        Locale.ROOT,
        "%02d %s %d %02d:%02d:%02d %s",
        time.getDayOfMonth(),
        Dates.month(time),
        time.getYear(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        name);
  }

  private static String row(String name, String version, String date, String comment) {
    return String.format(Locale.ROOT, "%-18s %-27s %-24s %s", name, version, date, comment);
  }
}

package emblema.flash.surface;

import emblema.core.action.Action;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.action.GroupAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LinkAction;
import emblema.core.action.UserAction;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.fmri.Version;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Mediation;
import emblema.core.manifest.Varcets;
import emblema.flash.codec.Member;
import emblema.flash.view.TreeBuilder;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What packages deliver, as a tree. Times are those that the packages state, else when they were
 * published. No account is made and no script or service runs: that is left to {@code pkg} on the
 * machine.
 */
public final class PackageSurface {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  private final Origin origin;
  private final ChosenPackages packages;
  private final Varcets varcets;
  private final EventSink events;
  private final AccountNumbers accounts = new AccountNumbers();

  /** Of each path the action that counts. */
  private final Map<String, Delivered> delivered = new TreeMap<>();

  /** Of an older tree: a file that stays the same keeps its time. */
  private final Map<String, Delivered> earlier;

  private record Delivered(Fmri fmri, Action action) {}

  private PackageSurface(
      Origin origin,
      ChosenPackages packages,
      Varcets varcets,
      Map<String, Delivered> earlier,
      EventSink events) {
    this.earlier = earlier;
    this.origin = origin;
    this.packages = packages;
    this.varcets = varcets;
    this.events = events;
  }

  /**
   * Makes the tree of the newest versions that the patterns match.
   *
   * @param origin stays open as long as the tree is read
   * @param varcets which actions of the packages count
   * @param checksDependencies whether every required package must be among them
   */
  public static Disk of(
      Origin origin,
      List<FmriPattern> wanted,
      Varcets varcets,
      boolean checksDependencies,
      EventSink events) {
    return surface(origin, wanted, varcets, checksDependencies, Map.of(), events).build();
  }

  /** Two trees of one origin. */
  public record Pair(Disk old, Disk now) {}

  /**
   * Makes the trees of older and newer packages. What both deliver alike without stating its time
   * has the time of the older: installing the newer leaves it alone.
   */
  public static Pair pair(
      Origin origin,
      List<FmriPattern> old,
      List<FmriPattern> now,
      Varcets varcets,
      boolean checksDependencies,
      EventSink events) {
    PackageSurface before = surface(origin, old, varcets, checksDependencies, Map.of(), events);
    Disk first = before.build();
    PackageSurface after =
        surface(origin, now, varcets, checksDependencies, before.delivered, events);
    return new Pair(first, after.build());
  }

  private static PackageSurface surface(
      Origin origin,
      List<FmriPattern> wanted,
      Varcets varcets,
      boolean checksDependencies,
      Map<String, Delivered> earlier,
      EventSink events) {
    ChosenPackages packages = ChosenPackages.of(origin, wanted, events);
    if (checksDependencies) {
      packages.requireDependencies(varcets);
    }
    return new PackageSurface(origin, packages, varcets, earlier, events);
  }

  /** What an image has that nobody configured. */
  public static Varcets usual(String machine) {
    String architecture =
        switch (machine) {
          case "amd64", "x86_64", "i386", "i686" -> "i386";
          case "sparcv9", "sparc" -> "sparc";
          default -> machine;
        };
    return new Varcets(
        Map.of("variant.arch", architecture, "variant.opensolaris.zone", "global"), Map.of());
  }

  private Disk build() {
    List<String> newAccounts = new ArrayList<>();
    for (Fmri fmri : packages.all()) {
      packages.manifest(fmri).actions().stream()
          .filter(varcets::admits)
          .forEach(action -> take(fmri, action, newAccounts));
    }
    readAccounts(newAccounts);
    TreeBuilder tree = new TreeBuilder(origin.location());
    List<Delivered> links = new ArrayList<>();
    for (Delivered each : delivered.values()) {
      if (each.action() instanceof HardLinkAction) {
        links.add(each);
      } else {
        add(each, tree);
      }
    }
    links.forEach(each -> add(each, tree));
    return tree.build(Path.of("packages of " + origin.location().replace("file://", "")));
  }

  private void take(Fmri fmri, Action action, List<String> newAccounts) {
    switch (action) {
      case FileAction file -> deliver(fmri, action);
      case DirectoryAction directory -> deliver(fmri, action);
      case LinkAction link -> deliver(fmri, action);
      case HardLinkAction link -> deliver(fmri, action);
      case UserAction user -> {
        accounts.addUser(user.userName(), user.attributes().get("uid", ""));
        newAccounts.add(user.userName());
      }
      case GroupAction group ->
          accounts.addGroup(group.groupName(), group.attributes().get("gid", ""));
      default -> {} // metadata, dependencies, licences: nothing in the tree
    }
  }

  private void deliver(Fmri fmri, Action action) {
    Delivered now = new Delivered(fmri, action);
    Delivered before = delivered.putIfAbsent(action.key(), now);
    if (before != null && isBetter(now, before)) {
      delivered.put(action.key(), now);
    }
  }

  /** Of two actions with one path: the better mediation, the overlay; or they must agree. */
  private static boolean isBetter(Delivered now, Delivered before) {
    Optional<Mediation> offered = Mediation.of(now.action());
    Optional<Mediation> held = Mediation.of(before.action());
    if (offered.isPresent() && held.isPresent()) {
      return offered.get().compareTo(held.get()) < 0;
    }
    if (now.action().attributes().is("overlay", "true")) {
      return true;
    }
    boolean agrees =
        before.action().attributes().is("overlay", "true")
            || before.action().type() == now.action().type()
                && (now.action() instanceof DirectoryAction
                    || now.action() instanceof LinkAction
                        && target(now.action()).equals(target(before.action())));
    if (!agrees) {
      throw new ConflictException(
          "'"
              + before.fmri().stem()
              + "' and '"
              + now.fmri().stem()
              + "' both deliver '"
              + now.action().key()
              + "'",
          "leave one of the packages out");
    }
    return false;
  }

  private static String target(Action link) {
    return link.attributes().get("target", "");
  }

  private void readAccounts(List<String> created) {
    text("etc/passwd")
        .ifPresentOrElse(
            text -> {
              accounts.addUsers(text);
              List<String> missing =
                  created.stream()
                      .filter(name -> text.lines().noneMatch(line -> line.startsWith(name + ":")))
                      .toList();
              warnOfAccounts(missing);
            },
            () -> warnOfAccounts(created));
    text("etc/group").ifPresent(accounts::addGroups);
  }

  private void warnOfAccounts(List<String> missing) {
    if (!missing.isEmpty()) {
      events.emit(
          new Event.Warning(
              "accounts are not made: "
                  + String.join(", ", missing)
                  + " of 'user' actions; only pkg does that"));
    }
  }

  private Optional<String> text(String path) {
    Delivered file = delivered.get(path);
    if (file == null || !(file.action() instanceof FileAction action)) {
      return Optional.empty();
    }
    try (InputStream in = content(file.fmri(), action)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream content(Fmri fmri, FileAction action) {
    PayloadReference promise =
        PayloadReference.of(action).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new MalformedException(
                        "'" + fmri + "' does not say what '" + action.path() + "' holds"));
    String publisher = String.valueOf(fmri.publisher());
    return action.size() == 0
        ? InputStream.nullInputStream()
        : VerifiedContent.open(origin, publisher, promise, action.size());
  }

  private void add(Delivered each, TreeBuilder tree) {
    Action action = each.action();
    String path = SafePath.of(action.key()).text();
    Fmri fmri = each.fmri();
    switch (action) {
      case FileAction file ->
          tree.add(
              new Member(
                  path,
                  Member.Kind.FILE,
                  file.mode(),
                  accounts.user(file.owner(), path),
                  accounts.group(file.group(), path),
                  size(fmri, file),
                  seconds(fmri, action),
                  "",
                  1,
                  0,
                  0,
                  0),
              () -> content(fmri, file));
      case DirectoryAction directory ->
          tree.add(
              new Member(
                  path,
                  Member.Kind.DIRECTORY,
                  directory.mode(),
                  accounts.user(directory.owner(), path),
                  accounts.group(directory.group(), path),
                  0,
                  seconds(fmri, action),
                  "",
                  2,
                  0,
                  0,
                  0),
              InputStream::nullInputStream);
      case LinkAction link -> link(tree, each, Member.Kind.LINK, 0777, target(link));
      case HardLinkAction link -> link(tree, each, Member.Kind.HARD_LINK, 0, linked(path, link));
      default -> throw new IllegalStateException(action.toString());
    }
  }

  private static long size(Fmri fmri, FileAction file) {
    if (file.size() < 0) {
      throw new MalformedException("'" + fmri + "' does not say how long '" + file.path() + "' is");
    }
    return file.size();
  }

  private void link(TreeBuilder tree, Delivered each, Member.Kind kind, int mode, String target) {
    long time = seconds(each.fmri(), each.action());
    tree.add(
        new Member(each.action().key(), kind, mode, 0, 0, 0, time, target, 1, 0, 0, 0),
        InputStream::nullInputStream);
  }

  /** From the root of the tree; as written it is relative to the directory of the link. */
  private static String linked(String path, HardLinkAction link) {
    String target = target(link);
    Path directory = Path.of("/" + path).getParent();
    return directory == null || target.startsWith("/")
        ? target
        : directory.resolve(target).normalize().toString().substring(1);
  }

  private Fmri publication(Fmri fmri, Action action) {
    Delivered before = earlier.get(action.key());
    return before != null
            && before.action() instanceof FileAction file
            && file.payload() != null
            && file.payload().equals(action.payload())
            && file.attributes().first("timestamp").isEmpty()
        ? before.fmri()
        : fmri;
  }

  private long seconds(Fmri fmri, Action action) {
    Optional<String> stated = action.attributes().first("timestamp");
    try {
      if (stated.isPresent()) {
        return LocalDateTime.parse(stated.get(), TIMESTAMP).toEpochSecond(ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      throw new MalformedException(
          "'" + fmri + "' states the time '" + stated.get() + "' for '" + action.key() + "'");
    }
    Version version = publication(fmri, action).requireVersion();
    return version.instant().map(java.time.Instant::getEpochSecond).orElse(0L);
  }
}

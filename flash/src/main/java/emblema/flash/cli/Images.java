package emblema.flash.cli;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.cli.Roots;
import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.fmri.FmriPattern;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.manifest.Varcets;
import emblema.flash.create.OldImage;
import emblema.flash.create.Scratch;
import emblema.flash.surface.PackageSurface;
import emblema.store.address.Repositories;
import emblema.store.http.HttpSettings;
import emblema.store.origin.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The image that an archive is made of, and the unchanged one that it is compared with:
 * directories, boot environments, full archives, or packages of a repository.
 */
final class Images implements AutoCloseable {
  private static final String ENVIRONMENT = "be:";

  private final Arguments arguments;
  private final Session session;
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable Disk image;
  private OldImage old = OldImage.none();

  private Images(Arguments arguments, Session session) {
    this.arguments = arguments;
    this.session = session;
  }

  static Syntax addTo(Syntax syntax) {
    return syntax
        .value("--from-be", "name", "archive this boot environment, as -R be:NAME")
        .list("--from-pkgs", "fmri", "archive what these packages deliver; needs -s")
        .list("--old-pkgs", "fmri", "with --from-pkgs: only the difference to these packages")
        .value("-s", "repo", "the repository of the packages: a path or an address")
        .list("--variant", "name=value", "a variant of the packages, variant.arch=i386")
        .list("--facet", "name=true|false", "a facet of the packages")
        .value("--be-root", "dir", "where boot environments are, for be:NAME")
        .excludes("-R", "--from-be", "--from-pkgs")
        .excludes("-A", "--old-pkgs")
        .needs("--from-pkgs", "-s")
        .needs("--old-pkgs", "--from-pkgs")
        .section(
            "BOOT ENVIRONMENTS AND PACKAGES",
            """
            Where -R and -A name directories they also take 'be:NAME', and -A a full archive. With \
            --from-pkgs the newest versions that the patterns match are archived as installing \
            them would leave them: usual variants and facets, the best of mediated links, owners \
            by the etc/passwd and etc/group that they deliver, times as stated or of publication. \
            Nothing is installed: no accounts are made and no scripts run. A required package that \
            is not among them is an error, unless -I is given.\
            """);
  }

  /** Opens what the options name. */
  static Images open(Arguments arguments, Session session, Scratch scratch, EventSink events) {
    Images images = new Images(arguments, session);
    try {
      images.open(scratch, events);
      return images;
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  private void open(Scratch scratch, EventSink events) {
    if (arguments.has("--from-pkgs")) {
      openPackages(events);
    } else {
      image = directory(arguments.value("--from-be").map(name -> ENVIRONMENT + name));
    }
    Optional<String> operand = arguments.value("-A");
    if (operand.isPresent()) {
      old =
          operand.get().startsWith(ENVIRONMENT)
              ? OldImage.directory(environment(operand.get()))
              : OldImage.at(session.resolve(operand.get()), scratch, events);
    }
  }

  private Disk directory(Optional<String> environment) {
    String operand = environment.orElse(arguments.value("-R", "/"));
    return RealDisk.open(
        operand.startsWith(ENVIRONMENT) ? environment(operand) : session.resolve(operand));
  }

  private Path environment(String operand) {
    String name = operand.substring(ENVIRONMENT.length());
    try (BootEnvironments all =
        Roots.open(session, arguments.value("--be-root"), "name it with --be-root DIR")) {
      return all.find(name)
          .map(BootEnvironment::root)
          .orElseThrow(
              () -> new NotFoundException("boot environment '" + name + "' does not exist"));
    }
  }

  private void openPackages(EventSink events) {
    Origin origin =
        new Repositories(
                session.directory(), HttpSettings.of(session.program(), session.environment()))
            .open(arguments.required("-s"));
    open.add(origin);
    List<FmriPattern> now = patterns("--from-pkgs");
    boolean checks = !arguments.has("-I");
    if (arguments.has("--old-pkgs")) {
      PackageSurface.Pair pair =
          PackageSurface.pair(origin, patterns("--old-pkgs"), now, varcets(), checks, events);
      image = pair.now();
      old = OldImage.of(pair.old());
    } else {
      image = PackageSurface.of(origin, now, varcets(), checks, events);
    }
  }

  private List<FmriPattern> patterns(String option) {
    return arguments.values(option).stream()
        .flatMap(text -> Arrays.stream(text.trim().split("[ \t]+")))
        .map(FmriPattern::parse)
        .toList();
  }

  private Varcets varcets() {
    Varcets usual = PackageSurface.usual(System.getProperty("os.arch", ""));
    Map<String, String> variants = new TreeMap<>(usual.variants());
    pairs("--variant", "variant.").forEach(variants::put);
    Map<String, Boolean> facets = new TreeMap<>();
    pairs("--facet", "facet.")
        .forEach((name, value) -> facets.put(name, Boolean.parseBoolean(value)));
    return new Varcets(variants, facets);
  }

  private Map<String, String> pairs(String option, String prefix) {
    Map<String, String> pairs = new TreeMap<>();
    for (String text : arguments.values(option)) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new UsageException("invalid argument '" + text + "' for option '" + option + "'");
      }
      String name = text.substring(0, equals);
      pairs.put(name.startsWith(prefix) ? name : prefix + name, text.substring(equals + 1));
    }
    return pairs;
  }

  Disk image() {
    if (image == null) {
      throw new IllegalStateException("no image is open");
    }
    return image;
  }

  Optional<Disk> old() {
    return old.disk();
  }

  @Override
  public void close() {
    if (image != null) {
      image.close();
    }
    old.close();
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

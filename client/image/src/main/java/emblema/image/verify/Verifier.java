package emblema.image.verify;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.GroupAction;
import emblema.core.action.LicenseAction;
import emblema.core.action.SetAction;
import emblema.core.action.UserAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.core.manifest.Varcets;
import emblema.image.image.Image;
import emblema.image.trust.ImageTrust;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Verifies packages one after the other and hands each report over as it is made; within a package
 * actions are read and files hashed in parallel. Memory is bounded by the text of the largest
 * manifest.
 */
public final class Verifier {
  private static final String PHASE = "verify";

  private final Image image;
  private final EventSink events;
  private final int parallelism;
  private final Varcets varcets;
  private final MediatedLinks mediated;
  private final ObjectCheck objects;
  private final DependencyCheck dependencies;
  private final ImageTrust trust;
  private final AtomicLong hashed = new AtomicLong();

  /**
   * @param trust checks the packages' signatures
   * @param parallelism how many files may be hashed at once
   */
  public Verifier(Image image, ImageTrust trust, EventSink events, int parallelism) {
    this.image = image;
    this.trust = trust;
    this.events = events;
    this.parallelism = parallelism;
    this.varcets = image.config().varcets();
    this.mediated = new MediatedLinks(image.config().mediators());
    this.dependencies = new DependencyCheck(image.state());
    this.objects = new ObjectCheck(image.disk(), this::advance);
  }

  private void advance(long bytes) {
    events.emit(new Event.Advanced(PHASE, hashed.addAndGet(bytes)));
  }

  /**
   * Verifies packages in the given order.
   *
   * @param only paths to look at, relative to the image; empty for everything
   */
  public void verify(Collection<Fmri> packages, Set<SafePath> only, Consumer<PackageReport> each) {
    events.emit(new Event.PhaseStarted(PHASE, "Verifying", -1, Event.Unit.BYTES));
    for (Fmri fmri : packages) {
      each.accept(verify(fmri, only));
    }
    events.emit(new Event.PhaseFinished(PHASE, hashed.get()));
  }

  private PackageReport verify(Fmri fmri, Set<SafePath> only) {
    SortedMap<Integer, Finding> found = new ConcurrentSkipListMap<>();
    try {
      image.forEachAction(
          fmri,
          parallelism,
          (line, action) -> {
            if (varcets.admits(action)
                && mediated.isPresent(action)
                && (only.isEmpty() || isAt(action, only))) {
              check(fmri, action).ifPresent(finding -> found.put(line, finding));
            }
          });
    } catch (EmblemaException e) {
      return new PackageReport(
          fmri, List.of(finding("manifest", name(fmri), String.valueOf(e.getMessage()))));
    }
    List<Finding> findings = new ArrayList<>();
    if (only.isEmpty()) {
      signatures(fmri).ifPresent(findings::add);
    }
    findings.addAll(found.values());
    return new PackageReport(fmri, findings);
  }

  private Optional<Finding> signatures(Fmri fmri) {
    List<Finding.Problem> problems =
        trust.problems(fmri).stream()
            .map(each -> each.getMessage() + each.detail().map(d -> "\n" + d).orElse(""))
            .map(text -> new Finding.Problem(Finding.Level.ERROR, text))
            .toList();
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding("signatures", name(fmri), problems));
  }

  /** Stands for the package as a whole. */
  private static Action name(Fmri fmri) {
    return new SetAction(Attributes.of("name", "pkg.fmri", "value", fmri.toString()));
  }

  private static boolean isAt(Action action, Set<SafePath> only) {
    return action.pathIfAny().map(SafePath::of).filter(only::contains).isPresent();
  }

  private Optional<Finding> check(Fmri fmri, Action action) {
    List<Finding.Problem> problems =
        switch (action) {
          case DependAction depend -> dependencies.check(depend);
          case UserAction user -> account(objects.users(), action.key(), "etc/passwd");
          case GroupAction group -> account(objects.groups(), action.key(), "etc/group");
          case LicenseAction license -> license(fmri, license);
          default -> objects.check(action);
        };
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding(label(action), action, problems));
  }

  private static String label(Action action) {
    String key =
        action instanceof DependAction depend
            ? String.join(" ", depend.fmris()) + " (" + depend.dependencyType() + ")"
            : action.key();
    return action.type().word() + ": " + key;
  }

  private static List<Finding.Problem> account(Owners owners, String name, String file) {
    return owners.has(name)
        ? List.of()
        : List.of(
            new Finding.Problem(Finding.Level.ERROR, file + ": '" + name + "' entry not present"));
  }

  private List<Finding.Problem> license(Fmri fmri, LicenseAction license) {
    SafePath path = image.layout().license(fmri.stem(), license.key());
    return image.disk().stat(path).isPresent()
        ? List.of()
        : List.of(new Finding.Problem(Finding.Level.ERROR, "missing: license text does not exist"));
  }

  private static Finding finding(String item, Action action, String text) {
    return new Finding(item, action, List.of(new Finding.Problem(Finding.Level.ERROR, text)));
  }
}

package emblema.store.check;

import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.store.file.Damage;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherStore;
import emblema.store.file.Quarantined;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Makes a repository consistent again (spec pkgrepo, section 6): damaged payloads and the packages
 * that use them are moved into quarantine, and the catalog follows. What is whole stays; what was
 * moved can be looked at, and is deleted by nobody but its owner.
 */
public final class Repair {
  private final FileRepository repository;
  private final VerificationOptions options;
  private final InstantSource clock;

  public Repair(FileRepository repository, VerificationOptions options, InstantSource clock) {
    this.repository = repository;
    this.options = options;
    this.clock = clock;
  }

  /**
   * What was done and what could not be.
   *
   * @param republish packages, and paths where no package is known, that were quarantined
   * @param directories that received them
   * @param failed paths that could not be mended
   * @param dependencies that nothing in the repository satisfies
   * @param isCatalogAnew whether a catalog was made anew
   */
  public record Result(
      Set<String> republish,
      List<String> directories,
      Set<String> failed,
      Set<String> dependencies,
      boolean isCatalogAnew) {

    /** Whether anything was wrong that is now mended. */
    public boolean isMended() {
      return !republish.isEmpty() || isCatalogAnew || !directories.isEmpty();
    }
  }

  /**
   * @param each told every finding
   */
  public Result run(List<String> publishers, Consumer<Finding> each) {
    List<Finding> findings = new ArrayList<>();
    Verification verification =
        new Verification(
            repository, options.withDependencies(false, options.force(), options.exceptions()));
    verification.run(
        publishers,
        finding -> {
          each.accept(finding);
          findings.add(finding);
        });
    Set<String> republish = new TreeSet<>();
    List<String> directories = new ArrayList<>();
    Set<String> failed = new TreeSet<>();
    Set<String> dependencies = new TreeSet<>();
    boolean anew = false;
    for (Finding finding : findings) {
      if (finding.kind() == Finding.Kind.UNREADABLE) {
        failed.add(finding.fact(Finding.REPOSITORY_PATH));
      }
    }
    for (String publisher : publishers) {
      PublisherStore store = repository.publisherStore(publisher);
      Damage damage =
          damage(store, findings.stream().filter(f -> f.publisher().equals(publisher)).toList());
      if (damage.isNone()) {
        continue;
      }
      anew |= damage.catalog();
      Quarantined moved = repository.quarantine(publisher, damage, clock, options.events());
      Set<SafePath> nameless = new TreeSet<>();
      for (Finding finding : findings) {
        SafePath path = finding.path();
        if (finding.fmri() == null && path != null) {
          nameless.add(path);
        }
      }
      moved.manifests().forEach(path -> republish.add(name(store, path, nameless)));
      if (store.disk().stat(moved.directory()).isPresent()) {
        directories.add(store.disk().describe(moved.directory()));
      }
    }
    if (options.dependencies()) {
      // of what is left: packages in quarantine satisfy nothing
      verification.checkDependencies(
          publishers,
          finding -> {
            each.accept(finding);
            dependencies.add(finding.fact(Finding.DEPENDENCY));
          });
    }
    return new Result(republish, directories, failed, dependencies, anew);
  }

  private static Damage damage(PublisherStore store, List<Finding> findings) {
    Set<SafePath> manifests = new TreeSet<>();
    Set<SafePath> payloads = new TreeSet<>();
    boolean catalog = false;
    for (Finding finding : findings) {
      SafePath path = finding.path();
      Fmri fmri = finding.fmri();
      switch (finding.kind().remedy()) {
        case PAYLOAD -> {
          if (path != null) {
            payloads.add(path);
          }
          if (fmri != null) {
            manifests.add(store.layout().manifest(fmri));
          }
        }
        case PACKAGE -> {
          if (fmri != null) {
            manifests.add(store.layout().manifest(fmri));
          } else if (path != null) {
            manifests.add(path);
          }
        }
        case CATALOG -> catalog = true;
        case NONE -> {}
      }
    }
    return new Damage(manifests, payloads, catalog);
  }

  /** The package whose manifest it was; the path of what cannot be read as the manifest of one. */
  private static String name(PublisherStore store, SafePath path, Set<SafePath> nameless) {
    if (nameless.contains(path)) {
      return store.disk().describe(path);
    }
    String stem = path.parent().orElseThrow().name();
    return Fmri.fromPathElements(store.prefix(), stem, path.name()).toString();
  }
}

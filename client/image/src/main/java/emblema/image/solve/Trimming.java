package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules out versions one by one, each with a reason, before anything is solved (4.3, 4.4, 4.8). */
final class Trimming {
  private final ImageFacts image;
  private final Pool pool;
  private final Request request;
  private final Map<Candidate, Set<Candidate>> downgrades = new LinkedHashMap<>();

  Trimming(ImageFacts image, Pool pool, Request request) {
    this.image = image;
    this.pool = pool;
    this.request = request;
  }

  void rejected() {
    for (String stem : request.rejected()) {
      for (Candidate candidate : pool.all(stem)) {
        pool.reject(candidate, Rejection.Kind.BINDING, "This version rejected by user request");
      }
    }
  }

  /** Versions older than the installed one, but for proposed and allowed downgrades. */
  void older(Set<String> kept) {
    findDowngrades();
    for (String stem : kept) {
      Fmri installed = image.installed().get(stem);
      if (installed == null) {
        continue;
      }
      Set<Fmri> proposed = request.proposed().getOrDefault(stem, Set.of());
      boolean goesBack =
          !proposed.isEmpty() && proposed.stream().allMatch(fmri -> isOlder(fmri, installed));
      for (Candidate candidate : pool.all(stem)) {
        if (goesBack && proposed.contains(candidate.fmri())) {
          downgrades.remove(candidate); // asked for by the user: needs nobody else's word
        } else if (isOlder(candidate.fmri(), installed) && !downgrades.containsKey(candidate)) {
          pool.reject(
              candidate,
              Rejection.Kind.OLDER_THAN_INSTALLED,
              "Newer version " + Candidate.show(installed) + " is already installed");
        }
      }
    }
  }

  void unproposed() {
    request
        .proposed()
        .forEach(
            (stem, versions) -> {
              for (Candidate candidate : pool.all(stem)) {
                if (!versions.contains(candidate.fmri())) {
                  pool.reject(
                      candidate, Rejection.Kind.NOT_REQUESTED, "This version was not requested");
                }
              }
            });
  }

  void frozen() {
    for (Freeze freeze : image.freezes()) {
      Fmri frame = new Fmri(null, freeze.stem(), freeze.version());
      String reason =
          "This version is excluded by a freeze on "
              + freeze.stem()
              + " at version "
              + freeze.version().toShortString()
              + "."
              + (freeze.comment().isEmpty()
                  ? ""
                  : "  The reason for the freeze is: " + freeze.comment());
      for (Candidate candidate : pool.all(freeze.stem())) {
        if (!Dependency.isWithin(candidate.fmri(), frame)) {
          pool.reject(candidate, Rejection.Kind.BINDING, reason);
        }
      }
    }
  }

  /** What one package says about itself: variants, origins, explicit installation. */
  void unfit(String stem) {
    for (Candidate candidate : pool.all(stem)) {
      if (pool.isInstalled(candidate)) {
        continue;
      }
      candidate
          .unsupportedVariant(image.varcets())
          .ifPresent(
              variant ->
                  pool.reject(
                      candidate,
                      Rejection.Kind.BINDING,
                      "Package does not support image variant "
                          + variant
                          + "="
                          + image.varcets().variants().get(variant)));
      if (!candidate.isSupported()) {
        pool.reject(
            candidate,
            Rejection.Kind.BINDING,
            "Package contains invalid or unsupported dependencies");
      }
      if (candidate.isExplicit()
          && !request.proposed().containsKey(stem)
          && !image.installed().containsKey(stem)) {
        pool.reject(
            candidate,
            Rejection.Kind.BINDING,
            "Package must be named to be installed (pkg.depend.explicit-install)");
      }
      candidate
          .dependencies(Dependency.Type.ORIGIN)
          .filter(dependency -> !dependency.rootImage())
          .forEach(dependency -> origin(candidate, dependency.target()));
    }
  }

  private void origin(Candidate candidate, Fmri least) {
    Fmri present = image.installed().get(least.stem());
    if (present != null && !Dependency.isAtLeast(present, least)) {
      pool.reject(
          candidate,
          Rejection.Kind.BINDING,
          "The installed version "
              + Candidate.show(present)
              + " is older than the 'origin' dependency on "
              + least.toShortString()
              + " requires");
    }
  }

  /** All packages that the given ones could bring in; each is looked at once. */
  Set<String> closure(Set<String> from, Set<String> blocked) {
    Set<String> seen = new TreeSet<>(from);
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String stem = open.pop();
      unfit(stem);
      for (Candidate candidate : pool.open(stem)) {
        for (Dependency dependency : candidate.dependencies()) {
          for (Fmri target : dependency.targets()) {
            boolean follows =
                switch (dependency.type()) {
                  case REQUIRE, REQUIRE_ANY, CONDITIONAL -> true;
                  case GROUP, GROUP_ANY -> !blocked.contains(target.stem());
                  case OPTIONAL, INCORPORATE, EXCLUDE, ORIGIN, PARENT -> false;
                };
            if (follows && seen.add(target.stem())) {
              open.push(target.stem());
            }
          }
        }
      }
    }
    return seen;
  }

  /** Versions that need what cannot be had, until there are no more of them. */
  void unmet(Set<String> stems, Set<String> blocked) {
    boolean again = true;
    while (again) {
      again = false;
      for (String stem : stems) {
        for (Candidate candidate : pool.open(stem)) {
          again |= !pool.isInstalled(candidate) && unmet(candidate, blocked);
        }
      }
    }
  }

  private boolean unmet(Candidate candidate, Set<String> blocked) {
    for (Dependency dependency : candidate.dependencies()) {
      boolean unmet =
          switch (dependency.type()) {
            case REQUIRE, REQUIRE_ANY -> Alternatives.required(pool, dependency).isEmpty();
            case GROUP, GROUP_ANY ->
                Alternatives.isAsking(pool, dependency, blocked)
                    && Alternatives.grouped(pool, dependency, blocked).isEmpty();
            case CONDITIONAL, OPTIONAL, INCORPORATE, EXCLUDE, ORIGIN, PARENT -> false;
          };
      if (unmet) {
        List<Candidate> known = new ArrayList<>();
        for (Fmri target : dependency.targets()) {
          pool.all(target.stem()).stream()
              .filter(other -> Dependency.isAtLeast(other.fmri(), target))
              .forEach(known::add);
        }
        String what = "'" + dependency.type().word() + "' dependency on " + dependency.targetText();
        String reason =
            known.isEmpty()
                ? "No version for " + what + " can be found"
                : known.stream().allMatch(Candidate::isObsolete)
                    ? "All acceptable versions of " + what + " are obsolete"
                    : "All versions matching " + what + " are rejected";
        pool.reject(candidate, Rejection.Kind.BINDING, reason, known);
        return true;
      }
    }
    return false;
  }

  /**
   * Older versions than the installed ones that may be chosen, each with the incorporations of
   * which one must be chosen with it.
   */
  Map<Candidate, Set<Candidate>> downgrades() {
    return downgrades;
  }

  /** Older versions that a proposed incorporation asks for (4.4, step 5). */
  private void findDowngrades() {
    Deque<Candidate> open = new ArrayDeque<>();
    for (Map.Entry<String, Set<Fmri>> entry : request.proposed().entrySet()) {
      pool.all(entry.getKey()).stream()
          .filter(candidate -> entry.getValue().contains(candidate.fmri()))
          .forEach(open::add);
    }
    while (!open.isEmpty()) {
      Candidate asking = open.pop();
      for (Dependency dependency : asking.dependencies(Dependency.Type.INCORPORATE).toList()) {
        Fmri frame = dependency.target();
        Fmri installed = image.installed().get(frame.stem());
        if (installed == null
            || Dependency.isWithin(installed, frame)
            || request.rejected().contains(frame.stem())) {
          continue;
        }
        for (Candidate candidate : pool.all(frame.stem())) {
          if (isOlder(candidate.fmri(), installed)
              && Dependency.isWithin(candidate.fmri(), frame)
              && candidate.fmri().publisherIfAny().equals(installed.publisherIfAny())) {
            if (!downgrades.containsKey(candidate)) {
              open.push(candidate);
            }
            downgrades.computeIfAbsent(candidate, any -> new LinkedHashSet<>()).add(asking);
          }
        }
      }
    }
  }

  private static boolean isOlder(Fmri one, Fmri other) {
    return one.requireVersion().compareTo(other.requireVersion()) < 0;
  }
}

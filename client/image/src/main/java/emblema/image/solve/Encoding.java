package emblema.image.solve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns packages into clauses (spec planner-solver, section 4.5): a variable for each version that
 * may be chosen, one more for "some version" of each package that need not be there.
 */
final class Encoding {
  /** One clause and what it means. */
  record Clause(int[] literals, Reason reason) {}

  private final Pool pool;
  private final Set<String> blocked;
  private final TreeMap<String, List<Candidate>> stems = new TreeMap<>();
  private final Map<Candidate, Integer> variables = new HashMap<>();
  private final Map<String, Integer> presence = new LinkedHashMap<>();
  private final List<Candidate> byVariable = new ArrayList<>();
  private final List<Clause> clauses = new ArrayList<>();

  /**
   * @param stems all packages that matter
   * @param needed those of which one version must be there
   * @param blocked stems that group dependencies pass over: avoided or rejected ones
   */
  Encoding(Pool pool, Set<String> stems, Set<String> needed, Set<String> blocked) {
    this.pool = pool;
    this.blocked = blocked;
    for (String stem : stems) {
      List<Candidate> open = pool.open(stem);
      if (!open.isEmpty()) {
        this.stems.put(stem, open);
        for (Candidate candidate : open) {
          byVariable.add(candidate);
          variables.put(candidate, byVariable.size());
        }
      }
    }
    int next = byVariable.size();
    for (String stem : this.stems.keySet()) {
      if (!needed.contains(stem)) {
        presence.put(stem, ++next);
      }
    }
    this.stems.forEach(this::single);
    for (List<Candidate> versions : this.stems.values()) {
      versions.forEach(this::dependencies);
    }
  }

  int variableCount() {
    return byVariable.size() + presence.size();
  }

  List<Clause> clauses() {
    return clauses;
  }

  /** The versions of a package that may be chosen, newest first. */
  List<Candidate> versions(String stem) {
    return stems.getOrDefault(stem, List.of());
  }

  /** The installed version, if it may stay. */
  Optional<Candidate> installed(String stem) {
    return versions(stem).stream().filter(pool::isInstalled).findFirst();
  }

  /** Packages with the versions that may be chosen, newest first. */
  Map<String, List<Candidate>> stems() {
    return stems;
  }

  int variable(Candidate candidate) {
    return variables.getOrDefault(candidate, 0);
  }

  /** Variables for "some version of it", for packages that need not be there, by stem. */
  Map<String, Integer> presence() {
    return presence;
  }

  /** The versions that a solver which succeeded has chosen. */
  List<Candidate> chosen(Sat sat) {
    List<Candidate> chosen = new ArrayList<>();
    for (int i = 0; i < byVariable.size(); i++) {
      if (sat.value(i + 1) > 0) {
        chosen.add(byVariable.get(i));
      }
    }
    return chosen;
  }

  /** One of these versions must be there. */
  void oneOf(List<Candidate> versions, Reason reason) {
    add(literals(List.of(), versions, 0), reason);
  }

  /** This downgrade comes only with one of the incorporations that ask for it. */
  void onlyWith(Candidate older, Collection<Candidate> asking) {
    if (variables.containsKey(older)) {
      List<Candidate> open = asking.stream().filter(variables::containsKey).toList();
      add(literals(List.of(older), open, 0), new Reason.GoesBack(older, open));
    }
  }

  private void add(int[] literals, Reason reason) {
    clauses.add(new Clause(literals, reason));
  }

  private void single(String stem, List<Candidate> versions) {
    Reason reason = new Reason.Single(stem);
    for (int i = 0; i < versions.size(); i++) {
      for (int k = i + 1; k < versions.size(); k++) {
        add(new int[] {-variable(versions.get(i)), -variable(versions.get(k))}, reason);
      }
    }
    Integer some = presence.get(stem);
    if (some != null) {
      add(literals(List.of(), versions, -some), new Reason.Presence(stem));
      for (Candidate candidate : versions) {
        add(new int[] {-variable(candidate), some}, new Reason.Presence(stem));
      }
    }
  }

  private void dependencies(Candidate who) {
    for (Dependency dependency : who.dependencies()) {
      switch (dependency.type()) {
        case REQUIRE, REQUIRE_ANY ->
            needs(who, dependency, Alternatives.required(pool, dependency));
        case GROUP, GROUP_ANY -> {
          if (Alternatives.isAsking(pool, dependency, blocked)) {
            needs(who, dependency, Alternatives.grouped(pool, dependency, blocked));
          }
        }
        case CONDITIONAL -> conditional(who, dependency);
        case OPTIONAL, INCORPORATE, EXCLUDE -> excludes(who, dependency);
        case ORIGIN, PARENT -> {}
      }
    }
  }

  private void needs(Candidate who, Dependency dependency, List<Candidate> satisfying) {
    if (satisfying.isEmpty() && pool.isInstalled(who)) {
      return; // broken before, and not by this request
    }
    Reason reason = new Reason.Needs(who, dependency, satisfying);
    add(literals(List.of(who), satisfying, 0), reason);
    if (satisfying.stream().map(Candidate::stem).distinct().count() == 1) {
      Integer some = presence.get(satisfying.getFirst().stem());
      if (some != null && satisfying.size() > 1) {
        add(new int[] {-variable(who), some}, reason);
      }
    }
  }

  private void conditional(Candidate who, Dependency dependency) {
    if (dependency.predicate() == null) {
      return;
    }
    List<Candidate> satisfying = Alternatives.required(pool, dependency);
    for (Candidate predicate : stems.getOrDefault(dependency.predicate().stem(), List.of())) {
      if (!predicate.isObsolete()
          && Dependency.isAtLeast(predicate.fmri(), dependency.predicate())) {
        add(
            literals(List.of(who, predicate), satisfying, 0),
            new Reason.NeedsWith(who, predicate, dependency, satisfying));
      }
    }
  }

  private void excludes(Candidate who, Dependency dependency) {
    for (Candidate other : stems.getOrDefault(dependency.target().stem(), List.of())) {
      boolean tolerated =
          switch (dependency.type()) {
            case OPTIONAL -> Dependency.isAtLeast(other.fmri(), dependency.target());
            case INCORPORATE -> Dependency.isWithin(other.fmri(), dependency.target());
            default -> !Dependency.isAtLeast(other.fmri(), dependency.target());
          };
      if (!tolerated && !other.stem().equals(who.stem())) {
        add(
            new int[] {-variable(who), -variable(other)},
            new Reason.Excludes(who, dependency, other));
      }
    }
  }

  /** Not all of the first, or one of the second; plus one literal unless it is 0. */
  private int[] literals(List<Candidate> negative, List<Candidate> positive, int extra) {
    IntList literals = new IntList();
    negative.forEach(candidate -> literals.add(-variable(candidate)));
    positive.stream().distinct().forEach(candidate -> literals.add(variable(candidate)));
    if (extra != 0) {
      literals.add(extra);
    }
    return literals.toArray();
  }
}

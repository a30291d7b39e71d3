package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One sentence of an explanation; those about the same topic are joined by naming all their
 * versions.
 *
 * @param topic equal for sentences that can be joined
 * @param subjects who does something
 * @param verb what it does, for one subject and for several
 * @param object to what; fixed by the topic
 * @param joint between the object and what is touched by it, or empty
 * @param touched versions ruled out or ruled in
 */
record Sentence(
    String topic,
    SortedSet<Candidate> subjects,
    String verb,
    String verbs,
    String object,
    String joint,
    SortedSet<Candidate> touched) {

  private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::fmri);

  /** Nothing for reasons that go without saying. */
  static Optional<Sentence> of(Reason reason, Encoding encoding) {
    return switch (reason) {
      case Reason.Wanted(String stem) -> Optional.of(wanted(encoding.versions(stem)));
      case Reason.Kept(String stem) -> Optional.of(kept(stem, encoding));
      case Reason.Newer(Fmri installed) ->
          Optional.of(
              plain(
                  "newer " + installed.stem(),
                  "is newer than what is installed and was looked for",
                  encoding.versions(installed.stem()).stream()
                      .filter(candidate -> !candidate.fmri().equals(installed))
                      .toList()));
      case Reason.Needs needs ->
          Optional.of(needs(needs.who(), needs.dependency(), needs.satisfying(), ""));
      case Reason.NeedsWith needs ->
          Optional.of(
              needs(
                  needs.who(),
                  needs.dependency(),
                  needs.satisfying(),
                  " together with " + needs.predicate().shortName()));
      case Reason.Excludes excludes -> Optional.of(excludes(excludes));
      case Reason.GoesBack(Candidate older, List<Candidate> asking) ->
          Optional.of(
              new Sentence(
                  "back " + older.stem() + " " + names(asking),
                  set(List.of(older)),
                  "is older than what is installed and comes only with",
                  "are older than what is installed and come only with",
                  names(asking),
                  "",
                  set(List.of())));
      case Reason.Single ignored -> Optional.empty();
      case Reason.Presence ignored -> Optional.empty();
    };
  }

  /** "a@1", "a@1 and a@2", "a@1, a@2 and a@3"; more than four: the first and the last. */
  static String names(Collection<Candidate> candidates) {
    List<String> names =
        candidates.stream().sorted(ORDER).map(Candidate::shortName).distinct().toList();
    if (names.size() > 4) {
      return names.getFirst() + " … " + names.getLast();
    }
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** This one with the other's subjects and objects as well. */
  Sentence and(Sentence other) {
    return new Sentence(
        topic,
        union(subjects, other.subjects),
        verb,
        verbs,
        object,
        joint,
        union(touched, other.touched));
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    words.add(names(subjects));
    words.add(subjects.size() > 1 ? verbs : verb);
    words.add(object);
    String text = words.stream().filter(w -> !w.isEmpty()).collect(Collectors.joining(" "));
    String others = names(touched);
    return joint.isEmpty() || others.equals(object) ? text : text + joint + others;
  }

  private static Sentence plain(String topic, String verb, Collection<Candidate> subjects) {
    return new Sentence(topic, set(subjects), verb, verb, "", "", set(List.of()));
  }

  private static Sentence wanted(List<Candidate> versions) {
    return new Sentence(
        "wanted " + versions.getFirst().stem(),
        set(versions),
        "is wanted",
        "are the versions of which one is wanted",
        "",
        "",
        set(List.of()));
  }

  private static Sentence kept(String stem, Encoding encoding) {
    Optional<Candidate> installed = encoding.installed(stem);
    SortedSet<Candidate> others = set(encoding.versions(stem));
    installed.ifPresent(others::remove);
    return new Sentence(
        "kept " + stem,
        installed.map(candidate -> set(List.of(candidate))).orElse(others),
        installed.isPresent() ? "is installed" : "must take the place of what is installed",
        "are the versions of which one must take the place of what is installed",
        "",
        installed.isEmpty() || others.isEmpty() ? "" : " and can only be replaced by ",
        others);
  }

  private static Sentence needs(
      Candidate who, Dependency dependency, List<Candidate> satisfying, String with) {
    String type = dependency.type().word();
    return new Sentence(
        type + " " + who.stem() + " " + dependency.targetText() + with,
        set(List.of(who)),
        "requires",
        "require",
        dependency.targetText()
            + with
            + (type.equals("require") ? "" : " ('" + type + "' dependency)"),
        satisfying.isEmpty() ? ", of which no version can be installed" : ", which allows ",
        set(satisfying));
  }

  private static Sentence excludes(Reason.Excludes excludes) {
    Dependency dependency = excludes.dependency();
    String type = dependency.type().word();
    String verb =
        switch (dependency.type()) {
          case INCORPORATE -> "incorporates";
          case EXCLUDE -> "excludes";
          default -> "tolerates only newer ones than (optional)";
        };
    return new Sentence(
        type + " " + excludes.who().stem() + " " + dependency.targetText(),
        set(List.of(excludes.who())),
        verb,
        dependency.type() == Dependency.Type.OPTIONAL
            ? "tolerate only newer ones than (optional)"
            : verb.substring(0, verb.length() - 1),
        dependency.targetText(),
        ", which rules out ",
        set(List.of(excludes.excluded())));
  }

  private static SortedSet<Candidate> set(Collection<Candidate> candidates) {
    SortedSet<Candidate> set = new TreeSet<>(ORDER);
    set.addAll(candidates);
    return set;
  }

  private static SortedSet<Candidate> union(SortedSet<Candidate> one, SortedSet<Candidate> two) {
    SortedSet<Candidate> all = set(one);
    all.addAll(two);
    return all;
  }
}

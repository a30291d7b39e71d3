package emblema.image.solve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts what the solver found impossible into sentences (spec planner-solver, section 6). */
final class Explanation {
  private static final int DEPTH = 4;

  private Explanation() {}

  /** Why no version of these packages is left; versions with one reason share a paragraph. */
  static String rejectionsOf(Pool pool, List<String> stems) {
    StringBuilder text = new StringBuilder();
    Set<Candidate> told = new LinkedHashSet<>();
    for (String stem : stems) {
      paragraphs(pool, pool.all(stem), "  ", 0, told, text);
      if (pool.all(stem).isEmpty()) {
        text.append("  No version of ").append(stem).append(" is known\n");
      }
    }
    return text.toString().stripTrailing();
  }

  /** Why these versions are out of the question. */
  static String rejections(Pool pool, Collection<Candidate> versions) {
    StringBuilder text = new StringBuilder();
    paragraphs(pool, List.copyOf(versions), "  ", 0, new LinkedHashSet<>(), text);
    return text.toString().stripTrailing();
  }

  private static void paragraphs(
      Pool pool,
      List<Candidate> versions,
      String indent,
      int depth,
      Set<Candidate> told,
      StringBuilder text) {
    Map<Rejection, List<Candidate>> byReason = new LinkedHashMap<>();
    boolean telling =
        versions.stream()
            .flatMap(candidate -> pool.rejection(candidate).stream())
            .anyMatch(rejection -> rejection.kind().isTelling());
    versions.stream()
        .sorted(Comparator.comparing(Candidate::fmri))
        .forEach(
            candidate ->
                pool.rejection(candidate)
                    .filter(rejection -> !telling || rejection.kind().isTelling())
                    .ifPresent(
                        reason ->
                            byReason
                                .computeIfAbsent(reason, any -> new ArrayList<>())
                                .add(candidate)));
    byReason.forEach(
        (rejection, candidates) -> {
          text.append(indent)
              .append("Reject:  ")
              .append(Candidate.show(candidates.getFirst().fmri()))
              .append('\n');
          if (candidates.size() > 1) {
            text.append(indent).append("           to\n");
            text.append(indent)
                .append("         ")
                .append(Candidate.show(candidates.getLast().fmri()))
                .append('\n');
          }
          text.append(indent).append("Reason:  ").append(rejection.reason()).append('\n');
          List<Candidate> causes =
              rejection.causes().stream().distinct().filter(told::add).toList();
          if (!causes.isEmpty() && depth < DEPTH) {
            paragraphs(pool, causes, indent + "  ", depth + 1, told, text);
          }
        });
  }

  /** Why the clauses with these numbers cannot all hold, as few of them as will do. */
  static String contradiction(Encoding encoding, Pool pool, int[] core) {
    List<Encoding.Clause> clauses = new ArrayList<>();
    for (int number : core) {
      clauses.add(encoding.clauses().get(number));
    }
    List<Encoding.Clause> least = Contradiction.least(encoding.variableCount(), clauses);
    List<Encoding.Clause> ordered = Contradiction.inOrder(encoding.variableCount(), least);
    Map<String, Sentence> sentences = new LinkedHashMap<>();
    Set<String> stems = new TreeSet<>();
    for (Encoding.Clause clause : ordered) {
      Sentence.of(clause.reason(), encoding)
          .ifPresent(sentence -> sentences.merge(sentence.topic(), sentence, Sentence::and));
      stem(clause.reason()).ifPresent(stems::add);
    }
    StringBuilder text = new StringBuilder("These cannot all be true at once:\n");
    sentences.values().forEach(sentence -> text.append("  ").append(sentence).append('\n'));
    for (String stem : stems) {
      notConsidered(pool, stem).ifPresent(note -> text.append("  ").append(note).append('\n'));
    }
    return text.toString().stripTrailing();
  }

  private static Optional<String> stem(Reason reason) {
    return switch (reason) {
      case Reason.Wanted(String stem) -> Optional.of(stem);
      case Reason.Kept(String stem) -> Optional.of(stem);
      case Reason.Single(String stem) -> Optional.of(stem);
      case Reason.Needs needs -> Optional.of(needs.dependency().target().stem());
      case Reason.NeedsWith needs -> Optional.of(needs.dependency().target().stem());
      case Reason.Excludes excludes -> Optional.of(excludes.excluded().stem());
      case Reason.GoesBack back -> Optional.of(back.older().stem());
      case Reason.Presence ignored -> Optional.empty();
      case Reason.Newer ignored -> Optional.empty();
    };
  }

  private static Optional<String> notConsidered(Pool pool, String stem) {
    Map<String, List<Candidate>> byReason = new LinkedHashMap<>();
    for (Candidate candidate : pool.all(stem)) {
      pool.rejection(candidate)
          .filter(rejection -> rejection.kind().isTelling())
          .ifPresent(
              rejection ->
                  byReason
                      .computeIfAbsent(rejection.reason(), any -> new ArrayList<>())
                      .add(candidate));
    }
    return byReason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            byReason.entrySet().stream()
                .map(
                    entry ->
                        Sentence.names(entry.getValue())
                            + (entry.getValue().size() == 1 ? " is" : " are")
                            + " not considered: "
                            + entry.getKey())
                .collect(Collectors.joining("\n  ")));
  }
}

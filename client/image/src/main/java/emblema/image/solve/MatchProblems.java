package emblema.image.solve;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Gathers what is wrong with patterns and makes one error of it (spec client-cli, section 9). */
final class MatchProblems {
  private final List<String> unmatched = new ArrayList<>();
  private final List<String> notInstalled = new ArrayList<>();
  private final List<EmblemaException> others = new ArrayList<>();

  void missing(FmriPattern pattern, Matching.Mode mode, boolean rejected) {
    if (rejected) {
      others.add(
          new ConflictException(
              "'" + pattern.text() + "' matches only packages that --reject names"));
    } else if (mode == Matching.Mode.ALL) {
      unmatched.add(pattern.text());
    } else {
      notInstalled.add(pattern.text());
    }
  }

  void ambiguous(FmriPattern pattern, Collection<String> stems) {
    others.add(
        new ConflictException(
            "'" + pattern.text() + "' matches multiple packages",
            stems.stream().map(stem -> "\t" + stem).collect(Collectors.joining("\n")),
            List.of("name one of them whole: 'pkg:/" + stems.iterator().next() + "'"),
            null));
  }

  void contradictory(String stem, List<FmriPattern> patterns) {
    others.add(
        new ConflictException(
            "the patterns for '" + stem + "' specify different versions of the same package",
            patterns.stream()
                .map(pattern -> "\t" + pattern.text())
                .collect(Collectors.joining("\n")),
            List.of(),
            null));
  }

  void wrongPublisher(String stem, Fmri installed) {
    String publisher = installed.publisherIfAny().orElse("");
    others.add(
        new ConflictException(
            "'"
                + stem
                + "' is installed from the sticky publisher '"
                + publisher
                + "', which has no such version",
            "name the publisher to switch: 'pkg://PUBLISHER/" + stem + "'",
            "or make '" + publisher + "' non-sticky"));
  }

  static NotFoundException unmatched(List<String> patterns) {
    return new NotFoundException(
        "the following pattern(s) did not match any allowable packages",
        patterns.stream().map(text -> "\t" + text).collect(Collectors.joining("\n")),
        List.of("try a different matching pattern, or refresh the publishers' catalogs"),
        null);
  }

  void throwIfAny() {
    List<EmblemaException> all = new ArrayList<>();
    if (!unmatched.isEmpty()) {
      all.add(unmatched(unmatched));
    }
    if (!notInstalled.isEmpty()) {
      all.add(
          new NotFoundException(
              notInstalled.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", "))
                  + (notInstalled.size() == 1 ? " matches" : " match")
                  + " no installed packages",
              "use --ignore-missing to pass over what is not installed"));
    }
    all.addAll(others);
    if (all.isEmpty()) {
      return;
    }
    EmblemaException first = all.getFirst();
    if (all.size() == 1) {
      throw first;
    }
    List<String> rest = new ArrayList<>();
    first.detail().ifPresent(rest::add);
    List<String> hints = new ArrayList<>(first.hints());
    for (EmblemaException other : all.subList(1, all.size())) {
      rest.add(String.valueOf(other.getMessage()));
      other.detail().ifPresent(rest::add);
      hints.addAll(other.hints());
    }
    String message = String.valueOf(first.getMessage());
    throw first instanceof NotFoundException
        ? new NotFoundException(message, String.join("\n", rest), hints, null)
        : new ConflictException(message, String.join("\n", rest), hints, null);
  }
}

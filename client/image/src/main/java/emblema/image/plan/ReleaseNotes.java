package emblema.image.plan;

import emblema.core.action.FileAction;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.image.solve.ImageFacts;
import emblema.image.solve.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which files are release notes that the user should see (spec planner-solver 7.6). */
final class ReleaseNotes {
  private static final String SELF = "feature/pkg/self";

  private ReleaseNotes() {}

  static List<Plan.Note> of(ImageFacts image, Solution solution, List<Arrival> arrivals) {
    List<Plan.Note> notes = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      if (arrival.after() instanceof FileAction file
          && file.attributes().all("release-note").stream()
              .anyMatch(text -> applies(text, arrival.owner(), image, solution))) {
        notes.add(new Plan.Note(arrival.owner(), file));
      }
    }
    return notes;
  }

  private static boolean applies(String text, Fmri owner, ImageFacts image, Solution solution) {
    Fmri since;
    try {
      since = Fmri.parse(text);
    } catch (MalformedException e) {
      return false;
    }
    if (since.version() == null) {
      return false;
    }
    String stem = since.stem().equals(SELF) ? owner.stem() : since.stem();
    Optional<Fmri> installed = image.installed(stem);
    return installed.isPresent()
        ? installed.get().requireVersion().compareTo(since.requireVersion()) < 0
        : since.requireVersion().toShortString().equals("0")
            && solution.packages().containsKey(stem);
  }
}

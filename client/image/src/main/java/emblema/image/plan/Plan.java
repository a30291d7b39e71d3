package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.FileAction;
import emblema.core.fmri.Fmri;
import emblema.image.image.MediatorSetting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything an operation will do, as a value that can be shown, decided upon and executed.
 *
 * @param packages by name
 * @param affected packages that change without a new version
 * @param steps in the order in which they are done; large: iterate, do not copy
 * @param salvage who gets what the operation salvages
 * @param mediators the image's settings after it
 * @param changedMediators names of those whose settings differ from the image's
 * @param avoided the avoid list after it
 * @param notes files with release notes that apply
 */
public record Plan(
    List<PackageStep> packages,
    List<Fmri> affected,
    Steps steps,
    Salvage salvage,
    Actuators actuators,
    List<PlannedLicence> licences,
    SpaceNeed space,
    SortedMap<String, MediatorSetting> mediators,
    Set<String> changedMediators,
    Set<String> avoided,
    List<Note> notes) {

  /** A file whose text is a release note, and its package. */
  public record Note(Fmri owner, FileAction file) {}

  public Plan {
    packages = List.copyOf(packages);
    affected = List.copyOf(affected);
    licences = List.copyOf(licences);
    mediators = Collections.unmodifiableSortedMap(new TreeMap<>(mediators));
    changedMediators = Collections.unmodifiableSet(new TreeSet<>(changedMediators));
    avoided = Collections.unmodifiableSet(new TreeSet<>(avoided));
    notes = List.copyOf(notes);
  }

  /** Content that some step writes. */
  public record Content(Fmri owner, Action action) {}

  /** What has to be fetched before the plan is carried out. */
  public List<Content> contents() {
    List<Content> contents = new ArrayList<>();
    for (Step step : steps) {
      switch (step) {
        case Step.PutFile put when Needs.needsContent(put) ->
            contents.add(new Content(put.owner(), put.after()));
        case Step.PutLicense put -> contents.add(new Content(put.owner(), put.after()));
        default -> {}
      }
    }
    return contents;
  }

  /** Whether nothing would change. */
  public boolean isEmpty() {
    return packages.isEmpty() && affected.isEmpty() && changedMediators.isEmpty();
  }

  /** Whether the running system must not be changed in place. */
  public boolean isRebootNeeded() {
    return actuators.rebootNeeded();
  }

  /** Whether some installed package changes its version. */
  public boolean isUpdating() {
    return packages.stream().anyMatch(PackageStep::isUpdate) || !affected.isEmpty();
  }
}

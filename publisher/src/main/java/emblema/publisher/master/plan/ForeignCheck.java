package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.store.origin.Origin;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at packages of others that share machines with ours (spec master-image-diff, sections 6.2
 * and 6.3): nobody may deliver below a directory that became a link, and what we depend on must
 * exist.
 */
final class ForeignCheck {
  private final List<Origin> origins = new ArrayList<>();
  private final PlanRequest request;
  private final Ledger ledger;
  private final Findings findings;

  ForeignCheck(
      Origin repository,
      List<Origin> references,
      PlanRequest request,
      Ledger ledger,
      Findings findings) {
    origins.add(repository);
    origins.addAll(references);
    this.request = request;
    this.ledger = ledger;
    this.findings = findings;
  }

  void check(Transitions transitions, List<PlannedPackage> packages) {
    String service = request.choices().migratePackage();
    boolean needsService = !transitions.staging().isEmpty() && !service.isEmpty();
    boolean moved = !transitions.becameLinks().isEmpty() || !transitions.directoryMoves().isEmpty();
    if (!needsService && !moved) {
      return;
    }
    boolean found = packages.stream().anyMatch(each -> each.stem().equals(service));
    for (Origin origin : origins) {
      for (String publisher : origin.publishers()) {
        for (Fmri newest : newest(origin, publisher).values()) {
          found |= newest.stem().equals(service);
          if (moved && !isOurs(origin, newest)) {
            checkPaths(origin, newest, transitions);
          }
        }
      }
    }
    if (needsService && !found) {
      findings.risk(
          "no repository has the package '"
              + service
              + "', whose service moves data to shared areas: machines cannot install this release"
              + " before it is published");
    }
  }

  private boolean isOurs(Origin origin, Fmri fmri) {
    return origin == origins.getFirst()
        && fmri.publisherIfAny().equals(Optional.of(request.publisher()))
        && (ledger.packages().containsKey(fmri.stem())
            || fmri.stem().equals(request.incorporation()));
  }

  private static Map<String, Fmri> newest(Origin origin, String publisher) {
    Map<String, Fmri> newest = new TreeMap<>();
    origin.catalog(publisher).forEach(entry -> newest.put(entry.fmri().stem(), entry.fmri()));
    return newest;
  }

  private void checkPaths(Origin origin, Fmri fmri, Transitions transitions) {
    ManifestReader.stream(
        new ByteArrayInputStream(origin.manifest(fmri)),
        fmri.toString(),
        action -> action.pathIfAny().ifPresent(path -> checkPath(fmri, action, path, transitions)));
  }

  private void checkPath(Fmri fmri, Action action, String path, Transitions transitions) {
    below(path, transitions.becameLinks())
        .ifPresent(
            link ->
                findings.error(
                    "package '"
                        + fmri.toShortString()
                        + "' delivers "
                        + action.type().word()
                        + " '"
                        + path
                        + "', but '"
                        + link
                        + "' becomes a link: clients refuse to install through links"));
    transitions.directoryMoves().stream()
        .filter(move -> path.equals(move.from()) || path.startsWith(move.from() + "/"))
        .forEach(
            move ->
                findings.risk(
                    "package '"
                        + fmri.toShortString()
                        + "' still delivers '"
                        + path
                        + "': what machines keep in '"
                        + move.from()
                        + "' will not move"));
  }

  private static Optional<String> below(String path, Set<String> directories) {
    return directories.stream()
        .filter(each -> path.equals(each) || path.startsWith(each + "/"))
        .findFirst();
  }
}

package emblema.flash.surface;

import emblema.core.action.DependAction;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.hash.Digest;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.Varcets;
import emblema.store.catalog.CatalogEntry;
import emblema.store.origin.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One version of each of some packages, with their manifests, by name. */
final class ChosenPackages {
  private static final int SHOWN = 20;

  private final Map<String, Fmri> versions = new TreeMap<>();
  private final Map<Fmri, Manifest> manifests = new HashMap<>();

  private ChosenPackages() {}

  /** The newest version of each name that a pattern matches; every pattern must match one. */
  static ChosenPackages of(Origin origin, List<FmriPattern> wanted, EventSink events) {
    ChosenPackages chosen = new ChosenPackages();
    Map<String, String> promised = new HashMap<>();
    List<FmriPattern> left = new ArrayList<>(wanted);
    for (String publisher : origin.publishers()) {
      Map<FmriPattern, Map<String, CatalogEntry>> newest = new HashMap<>();
      origin
          .catalog(publisher)
          .forEach(
              entry -> {
                for (FmriPattern pattern : wanted) {
                  if (pattern.matches(entry.fmri())) {
                    newest
                        .computeIfAbsent(pattern, key -> new TreeMap<>())
                        .put(entry.fmri().stem(), entry);
                  }
                }
              });
      left.removeAll(newest.keySet());
      newest
          .values()
          .forEach(
              entries ->
                  entries
                      .values()
                      .forEach(
                          entry -> {
                            chosen.take(entry.fmri());
                            promised.put(entry.fmri().toString(), entry.manifestSha1());
                          }));
    }
    if (!left.isEmpty()) {
      throw new NotFoundException(
          "'" + origin.location() + "' has no package '" + left.getFirst() + "'",
          "list what it has with: pkgrepo list -s " + origin.location());
    }
    chosen.read(origin, promised, events);
    return chosen;
  }

  private void take(Fmri fmri) {
    Fmri other = versions.put(fmri.stem(), fmri);
    if (other != null && !other.equals(fmri)) {
      throw new ConflictException(
          "'" + other + "' and '" + fmri + "' cannot both be in one tree",
          "name one version of each package");
    }
  }

  private void read(Origin origin, Map<String, String> promised, EventSink events) {
    for (Fmri fmri : versions.values()) {
      byte[] text = origin.manifest(fmri);
      String sha1 = promised.getOrDefault(fmri.toString(), "");
      if (!sha1.isEmpty() && !sha1.equals(Digest.SHA1.hex(text))) {
        throw new emblema.core.error.IntegrityException(
            origin.location() + ": manifest of " + fmri,
            "SHA-1 of the manifest",
            sha1,
            Digest.SHA1.hex(text),
            "check the repository with 'pkgrepo verify'");
      }
      Manifest manifest =
          ManifestReader.read(new String(text, StandardCharsets.UTF_8), fmri.toString());
      if (manifest.isObsolete() || manifest.isRenamed()) {
        events.emit(
            new Event.Warning(
                "'"
                    + fmri
                    + "' is "
                    + (manifest.isObsolete() ? "obsolete" : "renamed")
                    + ": empty"));
      }
      manifests.put(fmri, manifest);
    }
  }

  Iterable<Fmri> all() {
    return versions.values();
  }

  Manifest manifest(Fmri fmri) {
    Manifest manifest = manifests.get(fmri);
    if (manifest == null) {
      throw new IllegalArgumentException(fmri.toString());
    }
    return manifest;
  }

  /** Refuses a set that lacks what one of its packages requires. */
  void requireDependencies(Varcets varcets) {
    List<String> missing = new ArrayList<>();
    for (Fmri fmri : versions.values()) {
      manifest(fmri)
          .dependencies()
          .filter(depend -> depend.dependencyType().equals("require") && varcets.admits(depend))
          .flatMap((DependAction depend) -> depend.fmris().stream())
          .map(Fmri::parse)
          .filter(required -> !isMet(required))
          .forEach(required -> missing.add(fmri.stem() + " requires " + required));
    }
    if (!missing.isEmpty()) {
      int more = missing.size() - SHOWN;
      throw new ConflictException(
          missing.size()
              + (missing.size() == 1 ? " dependency is" : " dependencies are")
              + " not among the packages",
          String.join("\n", missing.subList(0, Math.min(SHOWN, missing.size())))
              + (more > 0 ? "\nand " + more + " more" : ""),
          List.of("name these packages too, or go without them with -I"),
          null);
    }
  }

  private boolean isMet(Fmri required) {
    Fmri present = versions.get(required.stem());
    return present != null
        && (required.version() == null
            || present.requireVersion().compareTo(required.requireVersion()) >= 0);
  }
}

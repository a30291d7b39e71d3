package emblema.publisher.merge;

import emblema.core.action.Action;
import emblema.core.action.SetAction;
import emblema.core.attribute.CodePoints;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.fmri.Version;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.ManifestWriter;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.Publication;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The newest packages of several repositories, merged and published (spec pkgmerge, sections 2 and
 * 4). Payloads are copied as they are stored. What cannot be merged is told and left out.
 */
public final class RepositoryMerge {

  /**
   * A repository of packages built for one combination of variants.
   *
   * @param variants full names to values
   */
  public record Source(Map<String, String> variants, Origin origin) {
    public Source {
      variants = Map.copyOf(variants);
    }
  }

  private final List<Source> sources;
  private final List<String> patterns;
  private final Consumer<EmblemaException> failed;

  /**
   * @param patterns of packages; one that begins with an exclamation mark leaves packages out
   * @param failed told of each publisher or package that could not be merged
   */
  public RepositoryMerge(
      List<Source> sources, List<String> patterns, Consumer<EmblemaException> failed) {
    this.sources = List.copyOf(sources);
    this.patterns = List.copyOf(patterns);
    this.failed = failed;
  }

  /** Publishers of any of the sources, sorted. */
  public List<String> publishers() {
    TreeSet<String> all = new TreeSet<>(CodePoints.ORDER);
    sources.forEach(source -> all.addAll(source.origin().publishers()));
    return List.copyOf(all);
  }

  /** What one publisher's packages become, by name; nothing is published. */
  public Map<String, List<VariantManifest>> select(String publisher) {
    List<Map<String, Fmri>> newest = new ArrayList<>();
    TreeSet<String> stems = new TreeSet<>(CodePoints.ORDER);
    for (Source source : sources) {
      Map<String, Fmri> found =
          source.origin().publishers().contains(publisher)
              ? newest(source.origin(), publisher)
              : Map.of();
      newest.add(found);
      stems.addAll(found.keySet());
    }
    requireMatches(publisher, newest);
    Map<String, List<VariantManifest>> selected = new LinkedHashMap<>();
    for (String stem : stems) {
      try {
        selected.put(stem, manifests(stem, newest));
      } catch (EmblemaException e) {
        failed.accept(e);
      }
    }
    return selected;
  }

  private Map<String, Fmri> newest(Origin origin, String publisher) {
    List<FmriPattern> wanted = parsed(false);
    List<FmriPattern> unwanted = parsed(true);
    Map<String, Fmri> newest = new TreeMap<>(CodePoints.ORDER);
    origin
        .catalog(publisher)
        .forEach(
            entry -> {
              Fmri fmri = entry.fmri();
              boolean in = wanted.isEmpty() || wanted.stream().anyMatch(p -> p.matches(fmri));
              if (in && unwanted.stream().noneMatch(p -> p.matches(fmri))) {
                newest.merge(fmri.stem(), fmri, (a, b) -> a.compareTo(b) >= 0 ? a : b);
              }
            });
    return newest;
  }

  private List<FmriPattern> parsed(boolean excluding) {
    return patterns.stream()
        .filter(pattern -> pattern.startsWith("!") == excluding)
        .map(pattern -> FmriPattern.parse(excluding ? pattern.substring(1) : pattern))
        .toList();
  }

  private void requireMatches(String publisher, List<Map<String, Fmri>> newest) {
    List<String> unmatched = new ArrayList<>();
    for (FmriPattern pattern : parsed(false)) {
      boolean matched =
          newest.stream()
              .flatMap(found -> found.values().stream())
              .anyMatch(fmri -> pattern.matches(fmri));
      if (!matched) {
        unmatched.add("        " + pattern.text());
      }
    }
    if (!unmatched.isEmpty()) {
      throw new NotFoundException(
          "the following pattern(s) did not match any packages of '" + publisher + "':",
          String.join("\n", unmatched),
          List.of(),
          null);
    }
  }

  private List<VariantManifest> manifests(String stem, List<Map<String, Fmri>> newest) {
    List<VariantManifest> manifests = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Fmri fmri = newest.get(i).get(stem);
      if (fmri != null) {
        if (!manifests.isEmpty()
            && !withoutTime(fmri).equals(withoutTime(manifests.getFirst().fmri()))) {
          throw new ConflictException(
              "package versions must be equal: '"
                  + manifests.getFirst().fmri()
                  + "' and '"
                  + fmri
                  + "'",
              "the package was not merged");
        }
        Origin origin = sources.get(i).origin();
        byte[] text = origin.manifest(fmri);
        manifests.add(
            new VariantManifest(
                sources.get(i).variants(),
                fmri,
                ManifestReader.read(new ByteArrayInputStream(text), fmri.toString())));
      }
    }
    return manifests;
  }

  private static Version withoutTime(Fmri fmri) {
    return fmri.requireVersion().withoutTimestamp();
  }

  /**
   * Merges the packages of one publisher; they become visible together.
   *
   * @param publication closed here; nothing for a trial
   * @param merged told the name of each package
   */
  public void run(String publisher, Supplier<Publication> publication, Consumer<Fmri> merged) {
    Map<String, List<VariantManifest>> selected = select(publisher);
    try (Publication open = publication.get()) {
      for (List<VariantManifest> manifests : selected.values()) {
        try {
          Manifest manifest = ManifestMerge.merge(manifests);
          Fmri fmri = name(manifest);
          open.copy(
              fmri,
              ManifestWriter.write(manifest).getBytes(StandardCharsets.UTF_8),
              reference -> payload(publisher, manifests, reference));
          merged.accept(fmri);
        } catch (ConflictException e) {
          failed.accept(e);
        }
      }
      open.commit();
    }
  }

  /** What {@link #run} would publish. */
  public void trial(String publisher, Consumer<Fmri> merged) {
    for (List<VariantManifest> manifests : select(publisher).values()) {
      try {
        merged.accept(name(ManifestMerge.merge(manifests)));
      } catch (ConflictException e) {
        failed.accept(e);
      }
    }
  }

  private static Fmri name(Manifest manifest) {
    return manifest
        .actions(SetAction.class)
        .filter(set -> set.name().equals("pkg.fmri"))
        .findFirst()
        .map(set -> Fmri.parse(set.value()))
        .orElseThrow();
  }

  /** From the first source whose package has it. */
  private InputStream payload(
      String publisher, List<VariantManifest> manifests, PayloadReference reference) {
    Map<Map<String, String>, Origin> origins = new HashMap<>();
    sources.forEach(source -> origins.put(source.variants(), source.origin()));
    for (VariantManifest each : manifests) {
      Origin origin = origins.get(Map.copyOf(each.variants()));
      if (origin != null && hasPayload(each.manifest(), reference.sha1())) {
        return origin.payload(publisher, reference.sha1());
      }
    }
    throw new NotFoundException("no source has the payload '" + reference.sha1() + "'");
  }

  private static boolean hasPayload(Manifest manifest, String sha1) {
    for (Action action : manifest.actions()) {
      if (sha1.equals(action.payload())) {
        return true;
      }
    }
    return false;
  }
}

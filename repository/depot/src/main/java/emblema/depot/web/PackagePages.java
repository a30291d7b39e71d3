package emblema.depot.web;

import emblema.core.action.LicenseAction;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import emblema.store.file.FileRepository;
import gg.jte.generated.precompiled.JtecompareGenerated;
import gg.jte.generated.precompiled.JtehistoryGenerated;
import gg.jte.generated.precompiled.JtelicenseGenerated;
import gg.jte.generated.precompiled.JteversionGenerated;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The pages about one package: its versions, one version, two of them compared, a licence. */
final class PackagePages {
  /** More licence text than that is cut. */
  private static final int LONGEST_LICENCE = 1 << 20;

  /** Manifests that a history reads to count what changed. */
  private static final int COUNTED = 12;

  private final FileRepository repository;
  private final Shelves shelves;

  PackagePages(FileRepository repository, Shelves shelves) {
    this.repository = repository;
    this.shelves = shelves;
  }

  Optional<Response> history(Request request, Links links, String publisher, String stem) {
    return shelves
        .shelf(publisher)
        .flatMap(shelf -> shelf.offer(stem))
        .map(
            offer -> {
              ManifestView newest = ManifestView.of(manifest(offer.newest()));
              List<HistoryStep> steps = steps(offer);
              return Html.page(
                  request,
                  out -> JtehistoryGenerated.render(out, null, links, offer, newest, steps));
            });
  }

  /** Newest first. */
  private List<HistoryStep> steps(Offer offer) {
    List<Version> versions = offer.versions();
    List<HistoryStep> steps = new ArrayList<>();
    Optional<Manifest> after = Optional.empty();
    for (int i = versions.size() - 1; i >= 0; i--) {
      Fmri fmri = offer.fmri(versions.get(i));
      Optional<Fmri> before =
          i == 0 ? Optional.empty() : Optional.of(offer.fmri(versions.get(i - 1)));
      Optional<Comparison.Counts> counts = Optional.empty();
      if (before.isPresent() && steps.size() < COUNTED) {
        Manifest old = manifest(before.get());
        Manifest now = after.orElseGet(() -> manifest(fmri));
        counts = Optional.of(Comparison.of(old, now).counts());
        after = Optional.of(old);
      }
      steps.add(new HistoryStep(fmri, before, counts));
    }
    return steps;
  }

  Optional<Response> version(Request request, Links links, Fmri fmri) {
    Optional<Offer> offer =
        shelves.shelf(fmri.publisherIfAny().orElse("")).flatMap(shelf -> shelf.offer(fmri.stem()));
    if (offer.isEmpty() || repository.storedManifest(fmri).isEmpty()) {
      return Optional.empty();
    }
    ManifestView view = ManifestView.of(manifest(fmri));
    Optional<Fmri> before =
        offer.get().versions().stream()
            .filter(version -> version.compareTo(fmri.requireVersion()) < 0)
            .reduce((one, other) -> other)
            .map(offer.get()::fmri);
    return Optional.of(
        Html.page(
            request, out -> JteversionGenerated.render(out, null, links, fmri, view, before)));
  }

  Optional<Response> compare(Request request, Links links, Fmri before, Fmri after) {
    if (repository.storedManifest(before).isEmpty() || repository.storedManifest(after).isEmpty()) {
      return Optional.empty();
    }
    Comparison comparison = Comparison.of(manifest(before), manifest(after));
    return Optional.of(
        Html.page(
            request,
            out -> JtecompareGenerated.render(out, null, links, before, after, comparison)));
  }

  Optional<Response> license(Request request, Links links, Fmri fmri, int number) {
    if (repository.storedManifest(fmri).isEmpty()) {
      return Optional.empty();
    }
    List<LicenseAction> licences = manifest(fmri).actions(LicenseAction.class).toList();
    if (number >= licences.size()) {
      return Optional.empty();
    }
    LicenseAction licence = licences.get(number);
    String text = text(fmri, licence);
    return Optional.of(
        Html.page(
            request,
            out -> JtelicenseGenerated.render(out, null, links, fmri, licence.key(), text)));
  }

  private String text(Fmri fmri, LicenseAction licence) {
    String payload = licence.payload();
    String publisher = fmri.publisherIfAny().orElse("");
    if (payload == null || repository.storedPayload(publisher, payload).isEmpty()) {
      return "";
    }
    try (InputStream in = new GZIPInputStream(repository.payload(publisher, payload))) {
      return new String(in.readNBytes(LONGEST_LICENCE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StorageException(
          "the licence '" + licence.key() + "' of '" + fmri + "' cannot be read",
          e.getMessage(),
          List.of(),
          e);
    }
  }

  private Manifest manifest(Fmri fmri) {
    return ManifestReader.read(
        new ByteArrayInputStream(repository.manifest(fmri)), "manifest of " + fmri);
  }
}

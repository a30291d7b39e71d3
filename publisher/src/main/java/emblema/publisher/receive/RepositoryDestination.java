package emblema.publisher.receive;

import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.store.address.Repositories;
import emblema.store.file.FileRepository;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Packages published again in another repository, byte for byte (spec pkgrecv, section 3.1). They
 * become visible in groups: often enough that an interrupted run has not worked for nothing, seldom
 * enough that the catalog is not written for each.
 */
final class RepositoryDestination implements Destination {
  private static final int GROUP = 100;
  private static final long GROUP_BYTES = 256L << 20;

  private final Repositories repositories;
  private final String address;
  private final Access access;
  private final PublicationOptions options;
  private final Origin target;
  private final Map<String, Set<Fmri>> present = new HashMap<>();
  private @Nullable Publication publication;
  private int packages;
  private long bytes;

  /** Opens the repository, which must exist. */
  RepositoryDestination(
      Repositories repositories, String address, Access access, PublicationOptions options) {
    this.repositories = repositories;
    this.address = address;
    this.access = access;
    this.options = options;
    this.target = repositories.open(address, access);
  }

  @Override
  public String verb() {
    return "Processing";
  }

  @Override
  public boolean has(Fmri name) {
    return present
        .computeIfAbsent(name.publisherIfAny().orElse(""), this::catalogued)
        .contains(name);
  }

  private Set<Fmri> catalogued(String publisher) {
    Set<Fmri> names = new HashSet<>();
    if (target.publishers().contains(publisher)) {
      target.catalog(publisher).forEach(entry -> names.add(entry.fmri()));
    }
    return names;
  }

  /** A depot is asked for each while the package is sent. */
  @Override
  public List<PayloadReference> missing(ReceivedPackage received) {
    if (!(target instanceof FileRepository repository)) {
      return List.of();
    }
    String publisher = received.name().publisherIfAny().orElse("");
    if (!repository.publishers().contains(publisher)) {
      return received.payloads();
    }
    return received.payloads().stream()
        .filter(each -> repository.storedPayload(publisher, each.sha1()).isEmpty())
        .toList();
  }

  @Override
  public void take(ReceivedPackage received, Origin source, DownloadCache payloads) {
    Publication now = publication;
    if (now == null) {
      now = repositories.publish(address, access, options);
      publication = now;
    }
    Fmri published =
        now.copy(
            received.name(),
            received.manifest(),
            payload -> payloads.open(source, received.publisher(), payload));
    if (!published.equals(received.name())) {
      throw new NotFoundException(
          "'" + received.name() + "' was given another name: '" + published + "'");
    }
    packages++;
    bytes += received.storedSize();
    if (packages >= GROUP || bytes >= GROUP_BYTES) {
      finish();
    }
  }

  @Override
  public void finish() {
    Publication now = publication;
    if (now != null) {
      List<Fmri> visible = now.commit();
      visible.forEach(
          name ->
              present
                  .computeIfAbsent(name.publisherIfAny().orElse(""), p -> new HashSet<>())
                  .add(name));
      now.close();
      publication = null;
      packages = 0;
      bytes = 0;
    }
  }

  @Override
  public void close() {
    try (target) {
      Publication now = publication;
      if (now != null) {
        now.close();
      }
    }
  }
}

package emblema.publisher.master.publish;

import emblema.core.action.Action;
import emblema.core.action.FileAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.ledger.LedgerReader;
import emblema.publisher.master.ledger.PublishedPackage;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import emblema.store.file.FileRepository;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Publishes a plan: all packages, the incorporation last, in one publication. A failure before the
 * end leaves nothing visible; running it again finds what is already stored by its hash.
 */
public final class PlanPublisher {
  private static final String[] COMPUTED = {
    "chash", "elfarch", "elfbits", "elfhash", "pkg.content-hash", "pkg.csize", "pkg.size"
  };

  private final FileRepository repository;
  private final InstantSource clock;
  private final int threads;
  private final EventSink events;

  /**
   * @param clock gives the catalog its times; packages have the release's timestamp
   */
  public PlanPublisher(
      FileRepository repository, InstantSource clock, int threads, EventSink events) {
    this.repository = repository;
    this.clock = clock;
    this.threads = threads;
    this.events = events;
  }

  /** The names of what was published, in order. */
  public List<Fmri> publish(Plan plan) {
    String publisher = plan.request().publisher();
    if (!repository.publishers().contains(publisher)) {
      repository.addPublisher(publisher, clock);
    }
    PublicationOptions options = new PublicationOptions(clock, events, true, threads);
    try (Publication publication = repository.publish(options)) {
      for (PlannedPackage each : plan.published()) {
        Manifest manifest = withKnownFacts(each, plan);
        publication.add(each.fmri(), manifest, action -> source(action, plan));
      }
      requireHead(plan);
      return publication.commit();
    }
  }

  /** Somebody else may have published the same release meanwhile, under another timestamp. */
  private void requireHead(Plan plan) {
    Fmri planned = plan.ledger().incorporation();
    Fmri now =
        LedgerReader.head(repository, plan.request().publisher(), plan.request().incorporation())
            .incorporation();
    if (!Objects.equals(planned, now)) {
      throw new ConflictException(
          "'" + now + "' was published since this release was planned",
          "plan again: the next release must start from it");
    }
  }

  private static PayloadSource source(Action action, Plan plan) {
    String sha1 = action.payload();
    byte[] generated = sha1 == null ? null : plan.generated().content(sha1).orElse(null);
    if (generated != null) {
      return new Bytes(generated);
    }
    TreeIndex tree = plan.now().delivered();
    int position = tree.find(action.key());
    if (position < 0) {
      throw new NotFoundException(
          "the payload of '" + action.key() + "' is not in the repository any more",
          "run 'pkgrepo verify' on the repository");
    }
    return new TreePayload(plan.now().disk(), tree.entry(position), tree.hash(position));
  }

  private record Bytes(byte[] content) implements PayloadSource {
    @Override
    public long size() {
      return content.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }

  /** Content that the last version of the package had keeps its computed attributes. */
  private Manifest withKnownFacts(PlannedPackage planned, Plan plan) {
    PublishedPackage before = plan.ledger().packages().get(planned.stem());
    Manifest manifest = planned.contents().get();
    if (before == null || before.marker()) {
      return manifest;
    }
    Action[] actions = manifest.actions().toArray(new Action[0]);
    Integer[] files = filesByPayload(actions);
    try (InputStream in = repository.openManifest(before.fmri())) {
      ManifestReader.stream(
          in, before.fmri().toString(), action -> takeFacts(action, actions, files));
    } catch (IOException e) {
      throw new StorageException(
          "cannot read the manifest of '" + before.fmri() + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
    return new Manifest(List.of(actions));
  }

  /** The places of the files, sorted by payload: a map of a whole system would take more room. */
  private static Integer[] filesByPayload(Action[] actions) {
    return IntStream.range(0, actions.length)
        .filter(i -> actions[i] instanceof FileAction && actions[i].payload() != null)
        .boxed()
        .sorted(Comparator.comparing(i -> Objects.requireNonNull(actions[i].payload())))
        .toArray(Integer[]::new);
  }

  private static void takeFacts(Action published, Action[] actions, Integer[] files) {
    String payload = published instanceof FileAction ? published.payload() : null;
    if (payload == null) {
      return;
    }
    int low = 0;
    int high = files.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Objects.requireNonNull(actions[files[middle]].payload()).compareTo(payload) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < files.length && payload.equals(actions[files[i]].payload()); i++) {
      if (!actions[files[i]].attributes().has("chash")) {
        actions[files[i]] = with(actions[files[i]], computed(published.attributes()));
      }
    }
  }

  private static Attributes computed(Attributes attributes) {
    Attributes.Builder computed = Attributes.builder();
    for (String name : COMPUTED) {
      attributes.all(name).forEach(value -> computed.add(name, value));
    }
    return computed.build();
  }

  private static Action with(Action action, Attributes facts) {
    Attributes.Builder attributes = action.attributes().toBuilder();
    facts.forEach(attributes::add);
    return action.withAttributes(attributes.build());
  }
}

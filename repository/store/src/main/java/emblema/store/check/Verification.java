package emblema.store.check;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherStore;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds all that is wrong with a repository of version 4 (spec repository, section 14). Takes no
 * lock: what a writer changed meanwhile is looked at again. Payloads are read in parallel, each
 * once, however many packages share it.
 */
public final class Verification {
  private static final String PHASE = "verify";

  private final FileRepository repository;
  private final VerificationOptions options;

  public Verification(FileRepository repository, VerificationOptions options) {
    if (repository.version() != 4) {
      throw new ConflictException(
          "the repository at '"
              + repository.root()
              + "' is version '"
              + repository.version()
              + "'; only version 4 repositories are supported");
    }
    this.repository = repository;
    this.options =
        options.signatures() == SignatureCheck.NONE
            ? options.withSignatures(
                TrustedSignatures.of(repository.configuration(), options.lists(), options.events()))
            : options;
  }

  /**
   * Hands over each finding, by publisher and package.
   *
   * @return how many packages were looked at
   */
  public long run(List<String> publishers, Consumer<Finding> each) {
    long packages = 0;
    for (String publisher : publishers) {
      options
          .events()
          .emit(new Event.PhaseStarted(PHASE, "Verifying " + publisher, -1, Event.Unit.ITEMS));
      PublisherStore store = repository.publisherStore(publisher);
      long done = new StoreVerification(store, options, each).run();
      options.events().emit(new Event.PhaseFinished(PHASE, done));
      packages += done;
    }
    if (options.dependencies()) {
      checkDependencies(publishers, each);
    }
    return packages;
  }

  /** Leaves out catalogs that cannot be read, which is a finding of its own. */
  void checkDependencies(List<String> publishers, Consumer<Finding> each) {
    List<PublisherStore> readable =
        repository.publishers().stream()
            .map(repository::publisherStore)
            .filter(Verification::isReadable)
            .toList();
    DependencyCheck check = new DependencyCheck(readable, options);
    readable.stream()
        .filter(store -> publishers.contains(store.prefix()))
        .forEach(store -> check.check(store, each));
  }

  private static boolean isReadable(PublisherStore store) {
    try {
      store.catalog().forEach(entry -> {});
      return true;
    } catch (IntegrityException | MalformedException e) {
      return false;
    } catch (EmblemaException e) {
      return false;
    }
  }
}

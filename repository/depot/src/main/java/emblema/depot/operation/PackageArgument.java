package emblema.depot.operation;

import emblema.core.fmri.Fmri;
import emblema.store.file.FileRepository;
import emblema.store.file.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Package names in addresses (spec depot-protocol, section 1). */
final class PackageArgument {
  private PackageArgument() {}

  /**
   * The argument as sent, with the slash restored that proxies and clients make of the two after
   * {@code pkg:}.
   */
  static String text(Call call, FileRepository repository) {
    List<String> arguments = call.arguments();
    boolean collapsed =
        arguments.size() > 2
            && arguments.getFirst().equals("pkg:")
            && repository.publishers().contains(arguments.get(1));
    return collapsed
        ? "pkg://" + String.join("/", arguments.subList(1, arguments.size()))
        : call.argument();
  }

  /**
   * The package with the publisher that has it: the one its name says, else the one of the address,
   * else the first that has such a manifest.
   */
  static Optional<Fmri> find(Fmri fmri, Call call, FileRepository repository) {
    return candidates(fmri, call, repository)
        .filter(each -> repository.storedManifest(each).isPresent())
        .findFirst();
  }

  /** The manifest of that package. */
  static Optional<StoredFile> manifest(Fmri fmri, Call call, FileRepository repository) {
    return candidates(fmri, call, repository)
        .flatMap(each -> repository.storedManifest(each).stream())
        .findFirst();
  }

  private static Stream<Fmri> candidates(Fmri fmri, Call call, FileRepository repository) {
    Optional<String> named = fmri.publisherIfAny();
    return named
        .or(call::publisher)
        .map(List::of)
        .orElseGet(() -> Publishers.defaultFirst(repository))
        .stream()
        .filter(publisher -> named.isEmpty() || repository.publishers().contains(publisher))
        .map(fmri::withPublisher);
  }
}

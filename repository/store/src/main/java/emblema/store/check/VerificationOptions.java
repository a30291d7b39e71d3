package emblema.store.check;

import emblema.core.event.EventSink;
import emblema.core.sign.RevocationSource;
import java.util.Optional;

/**
 * How a repository is verified.
 *
 * @param dependencies whether it is asked that they can be satisfied
 * @param force whether optional dependencies count, and {@code ignore-check} and exceptions do not
 * @param exceptions dependencies that may be missing
 * @param signatures asked about packages that are signed
 * @param lists where revocation lists come from, if the repository wants them asked
 * @param account that serves the repository
 * @param threads how many payloads are read at once
 */
public record VerificationOptions(
    boolean dependencies,
    boolean force,
    DependencyExceptions exceptions,
    SignatureCheck signatures,
    RevocationSource lists,
    ServiceAccount account,
    int threads,
    EventSink events) {

  /** Everything that the store itself can tell. */
  public static VerificationOptions standard() {
    return new VerificationOptions(
        true,
        false,
        DependencyExceptions.NONE,
        SignatureCheck.NONE,
        uri -> Optional.empty(),
        ServiceAccount.NONE,
        Runtime.getRuntime().availableProcessors(),
        EventSink.QUIET);
  }

  public VerificationOptions withDependencies(
      boolean checked, boolean forced, DependencyExceptions but) {
    return new VerificationOptions(
        checked, forced, but, signatures, lists, account, threads, events);
  }

  public VerificationOptions withEvents(EventSink sink) {
    return new VerificationOptions(
        dependencies, force, exceptions, signatures, lists, account, threads, sink);
  }

  public VerificationOptions withAccount(ServiceAccount found) {
    return new VerificationOptions(
        dependencies, force, exceptions, signatures, lists, found, threads, events);
  }

  public VerificationOptions withSignatures(SignatureCheck check) {
    return new VerificationOptions(
        dependencies, force, exceptions, check, lists, account, threads, events);
  }

  public VerificationOptions withRevocationLists(RevocationSource source) {
    return new VerificationOptions(
        dependencies, force, exceptions, signatures, source, account, threads, events);
  }
}

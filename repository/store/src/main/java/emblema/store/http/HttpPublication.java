package emblema.store.http;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.task.Tasks;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.store.publication.PublishableActions;
import emblema.store.transaction.TransactionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A publication over the wire, with the messages of the reference's {@code pkgsend}. Payloads go up
 * several at a time, each once and only if the depot lacks it. A depot makes one package visible at
 * a time: where {@link #commit} fails in the middle, those before it stay published.
 */
public final class HttpPublication implements Publication {
  private static final String PHASE = "publish";

  private final HttpOrigin origin;
  private final TransactionRequests requests;
  private final PublicationOptions options;

  /** Open requests, in the order of adding. */
  private final List<String> open = new ArrayList<>();

  /**
   * @param origin closed with this
   */
  public HttpPublication(HttpOrigin origin, PublicationOptions options) {
    this.origin = origin;
    this.requests = new TransactionRequests(origin);
    this.options = options;
    origin.requireOperation("open", 0);
    origin.requireOperation("file", 1);
    origin.requireOperation("manifest", 1);
  }

  @Override
  public Fmri add(Fmri fmri, Manifest manifest, Function<Action, PayloadSource> payloads) {
    PublishableActions.check(fmri, manifest);
    List<Action> actions = PublishableActions.of(fmri, manifest, options.events());
    return filled(
        fmri,
        (transaction, name, uploads) -> {
          List<Action> complete =
              eachInParallel(
                  name,
                  actions,
                  action -> action.type().hasPayload() ? uploads.take(action, payloads) : action);
          StringBuilder text = new StringBuilder();
          complete.forEach(action -> text.append(ActionWriter.write(action)).append('\n'));
          requests.manifest(transaction, text.toString().getBytes(StandardCharsets.UTF_8));
        });
  }

  private interface Filling {
    void fill(String transaction, Fmri name, Uploads uploads);
  }

  /** A transaction with its content; one that fails is abandoned and forgotten. */
  private Fmri filled(Fmri fmri, Filling filling) {
    String transaction = requests.open(fmri);
    open.add(transaction);
    boolean whole = false;
    Fmri name = TransactionId.parse(transaction).fmri();
    try (Uploads uploads =
        new Uploads(origin, requests, transaction, name.publisherIfAny().orElse(""))) {
      filling.fill(transaction, name, uploads);
      whole = true;
      return name;
    } finally {
      if (!whole) {
        open.remove(transaction);
        giveUp(transaction);
      }
    }
  }

  @Override
  public Fmri copy(Fmri fmri, byte[] manifest, Function<PayloadReference, InputStream> stored) {
    if (fmri.publisher() == null || fmri.requireVersion().timestamp() == null) {
      throw new MalformedException(
          "only a package with its full name is copied, not '" + fmri + "'");
    }
    List<Action> actions =
        ManifestReader.read(new ByteArrayInputStream(manifest), fmri.toString()).actions();
    Optional<EmblemaException> ignored = abandonQuietly(TransactionId.of(fmri).text());
    return filled(
        fmri,
        (transaction, name, uploads) -> {
          List<PayloadReference> references =
              actions.stream().flatMap(action -> PayloadReference.of(action).stream()).toList();
          List<Boolean> done =
              eachInParallel(name, references, reference -> uploads.copy(reference, stored));
          if (done.size() == references.size()) {
            requests.manifest(transaction, withoutName(manifest));
          }
        });
  }

  /** The depot writes the package's name itself, in front. */
  private static byte[] withoutName(byte[] manifest) {
    StringBuilder text = new StringBuilder(manifest.length);
    for (String line : new String(manifest, StandardCharsets.UTF_8).split("(?<=\n)")) {
      if (!line.matches("(?s)set name=(pkg\\.)?fmri .*")) {
        text.append(line);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private interface Step<A, B> {
    B run(A item);
  }

  private <A, B> List<B> eachInParallel(Fmri name, List<A> items, Step<A, B> step) {
    options
        .events()
        .emit(
            new Event.PhaseStarted(
                PHASE, "Publishing " + name.stem(), items.size(), Event.Unit.ITEMS));
    AtomicLong done = new AtomicLong();
    List<Callable<B>> tasks = new ArrayList<>(items.size());
    for (A item : items) {
      tasks.add(
          () -> {
            B result = step.run(item);
            options.events().emit(new Event.Advanced(PHASE, done.incrementAndGet()));
            return result;
          });
    }
    List<B> results = Tasks.inParallel(Math.max(2, 2 * options.threads()), tasks);
    options.events().emit(new Event.PhaseFinished(PHASE, items.size()));
    return results;
  }

  @Override
  public List<Fmri> commit() {
    List<Fmri> names = new ArrayList<>();
    while (!open.isEmpty()) {
      Fmri name = requests.close(open.getFirst(), options.catalogued());
      names.add(name);
      open.removeFirst();
    }
    return names;
  }

  private Optional<EmblemaException> abandonQuietly(String transaction) {
    try {
      requests.abandon(transaction);
      return Optional.empty();
    } catch (EmblemaException e) {
      return Optional.of(e);
    }
  }

  private void giveUp(String transaction) {
    abandonQuietly(transaction)
        .ifPresent(
            e ->
                options
                    .events()
                    .emit(
                        new Event.Warning(
                            "the transaction '"
                                + transaction
                                + "' could not be abandoned: "
                                + e.getMessage())));
  }

  @Override
  public void close() {
    open.forEach(this::giveUp);
    open.clear();
    origin.close();
  }
}

package emblema.depot.operation;

import emblema.depot.metrics.Metrics;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import emblema.store.transaction.Transactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes a depot of all operations of the protocol. */
public final class Operations {
  private final FileRepository repository;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Metrics metrics;
  private final RepositorySearch indexes;
  private final List<Operation> more = new ArrayList<>();
  private final List<Pages> pages = new ArrayList<>();

  /**
   * @param log told of mistakes, one line each
   * @param indexes answer searches; somebody else keeps them up to date
   */
  public Operations(
      FileRepository repository,
      InstantSource clock,
      Consumer<String> log,
      Metrics metrics,
      RepositorySearch indexes) {
    this.repository = repository;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
    this.indexes = indexes;
  }

  /** An operation that is made elsewhere. */
  public Operations with(Operation operation) {
    more.add(operation);
    return this;
  }

  /** Pages that are made elsewhere; those given first are asked first. */
  public Operations with(Pages given) {
    pages.add(given);
    return this;
  }

  /** The depot. */
  public Depot depot(DepotOptions options, Maintenance maintenance) {
    Freshness freshness = new Freshness(clock);
    Transactions transactions = repository.transactions(clock);
    List<Operation> all = new ArrayList<>(more);
    all.add(new VersionsOperation(options.server(), freshness));
    all.add(new StatusOperation(repository, metrics, freshness, clock));
    all.add(new PublisherOperation(repository, freshness));
    all.add(new CatalogOperation(repository, freshness));
    all.add(new ManifestOperation(repository, transactions, freshness));
    all.add(new FileOperation(repository, transactions, freshness, new StoredHashes()));
    all.add(new InfoOperation(repository, freshness));
    all.add(new P5iOperation(repository, freshness));
    all.add(new SearchOperation(repository, indexes, freshness));
    all.add(new OpenOperation(transactions, false));
    all.add(new OpenOperation(transactions, true));
    all.add(new AddOperation(transactions));
    all.add(new CloseOperation(transactions, false));
    all.add(new CloseOperation(transactions, true));
    all.add(new AdminOperation(repository, maintenance));
    all.add(new IndexOperation(repository, maintenance));
    return new Depot(repository, options, all, pages, metrics, log);
  }
}

package emblema.depot.operation;

import emblema.store.file.FileRepository;
import java.util.List;

/**
 * {@code publisher/0} and {@code publisher/1}: a p5i document (spec p5p-p5i, section 6) of all
 * publishers, or of the one that the address names. Version 1 says that addresses may name one.
 */
final class PublisherOperation implements Operation {
  private final FileRepository repository;
  private final Freshness freshness;

  PublisherOperation(FileRepository repository, Freshness freshness) {
    this.repository = repository;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "publisher";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0, 1);
  }

  @Override
  public Access access() {
    return Access.ALWAYS;
  }

  @Override
  public Response answer(Call call) {
    List<String> publishers = Publishers.all(call, repository);
    long seconds = Freshness.refreshSeconds(repository, publishers);
    PublisherDocument document = new PublisherDocument();
    publishers.forEach(each -> document.add(repository.publisherInformation(each), List.of()));
    return freshness.keep(
        Response.text(PublisherDocument.CONTENT_TYPE, document.text()),
        Math.min(seconds, Freshness.YEAR));
  }
}

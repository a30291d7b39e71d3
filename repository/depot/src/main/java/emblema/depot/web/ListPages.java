package emblema.depot.web;

import emblema.core.fmri.Fmri;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import emblema.store.file.FileRepository;
import gg.jte.generated.precompiled.JtehomeGenerated;
import gg.jte.generated.precompiled.JtepublisherGenerated;
import gg.jte.generated.precompiled.JterowsGenerated;
import java.util.List;
import java.util.Optional;

/** The pages that list: publishers and news, the packages of a publisher. */
final class ListPages {
  private static final int NEWS = 12;
  private static final int ROWS = 100;

  private final FileRepository repository;
  private final Shelves shelves;

  ListPages(FileRepository repository, Shelves shelves) {
    this.repository = repository;
    this.shelves = shelves;
  }

  Response home(Request request, Links links) {
    List<Shelf> all = shelves.all();
    List<Fmri> news = News.of(all, NEWS);
    String usual = repository.defaultPublisher().orElse("");
    return Html.page(request, out -> JtehomeGenerated.render(out, null, links, all, news, usual));
  }

  Optional<Response> publisher(Request request, Links links, WebAddress address) {
    return part(address)
        .map(
            part ->
                Html.page(request, out -> JtepublisherGenerated.render(out, null, links, part)));
  }

  /** Only the table, for the script that searches as one types. */
  Optional<Response> rows(Request request, Links links, WebAddress address) {
    return part(address)
        .map(part -> Html.page(request, out -> JterowsGenerated.render(out, null, links, part)));
  }

  private Optional<ListPart> part(WebAddress address) {
    String filter = address.field("q");
    return shelves
        .shelf(address.part(1))
        .map(
            shelf -> {
              List<Offer> all = shelf.matching(filter);
              int parts = Math.max(1, (all.size() + ROWS - 1) / ROWS);
              int number = Math.min(address.number("page"), parts - 1);
              List<Offer> some =
                  all.subList(number * ROWS, Math.min(all.size(), (number + 1) * ROWS));
              return new ListPart(shelf, filter, some, number, parts, all.size());
            });
  }
}

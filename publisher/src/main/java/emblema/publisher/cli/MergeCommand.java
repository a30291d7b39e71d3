package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.ErrorPage;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.EmblemaException;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import emblema.publisher.merge.RepositoryMerge;
import emblema.store.address.Repositories;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import emblema.store.publication.PublicationOptions;
import java.util.List;
import java.util.function.Consumer;

/** {@code pkgmerge}: the newest packages of several repositories, merged into another. */
final class MergeCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("merge the newest packages of several repositories, one for each variant")
        .list("-s", "variant=value[,...],repository", "a source, and what it was built for")
        .value("-d", "repository", "where to publish what comes of it")
        .flag("-n", "merge, and publish nothing")
        .list("-p", "publisher", "merge packages of this publisher only")
        .operands("pattern", 0)
        .section(
            "Patterns",
            "Names of packages, or globs; one that begins with '!' leaves packages out.");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String destination = arguments.required("-d");
    Repositories repositories =
        new Repositories(
            session.directory(), HttpSettings.of(session.program(), session.environment()));
    MergeSources given = MergeSources.parse(arguments.values("-s"));
    boolean[] wrong = {false};
    Consumer<EmblemaException> failed =
        error -> {
          wrong[0] = true;
          session.err().text(ErrorPage.render(session.title(), error));
        };
    try (MergeSources.Open sources = given.open(repositories)) {
      RepositoryMerge merge = new RepositoryMerge(sources.all(), arguments.operands(), failed);
      PublicationOptions options =
          PublicationOptions.of(session.clock()).withEvents(session.quietEvents());
      Consumer<Fmri> merged = fmri -> session.out().line(fmri.toString());
      for (String publisher : publishers(arguments.values("-p"), merge.publishers(), failed)) {
        try {
          if (arguments.has("-n")) {
            merge.trial(publisher, merged);
          } else {
            merge.run(
                publisher, () -> repositories.publish(destination, Access.PLAIN, options), merged);
          }
        } catch (UsageException e) {
          throw e;
        } catch (EmblemaException e) {
          failed.accept(e);
        }
      }
      return wrong[0] ? 1 : 0;
    }
  }

  private static List<String> publishers(
      List<String> wanted, List<String> known, Consumer<EmblemaException> failed) {
    if (wanted.isEmpty()) {
      return known;
    }
    for (String each : wanted) {
      if (!known.contains(each)) {
        failed.accept(
            new emblema.core.error.NotFoundException(
                "no source has packages of the publisher '" + each + "'"));
      }
    }
    return known.stream().filter(wanted::contains).toList();
  }
}

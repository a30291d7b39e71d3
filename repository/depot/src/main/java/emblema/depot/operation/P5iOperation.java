package emblema.depot.operation;

import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.fmri.Version;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.file.FileRepository;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code p5i/0/PATTERN} or {@code p5i/0/PATTERN.p5i}: one p5i document in which each publisher
 * lists the packages that match: names where the pattern has no version or has a wildcard, else
 * {@code name@version}.
 */
final class P5iOperation implements Operation {
  private static final String SUFFIX = ".p5i";

  private final FileRepository repository;
  private final Freshness freshness;

  P5iOperation(FileRepository repository, Freshness freshness) {
    this.repository = repository;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "p5i";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0);
  }

  @Override
  public Access access() {
    return Access.READ;
  }

  @Override
  public Response answer(Call call) {
    String argument = PackageArgument.text(call, repository);
    String text =
        argument.endsWith(SUFFIX)
            ? argument.substring(0, argument.length() - SUFFIX.length())
            : argument;
    FmriPattern pattern;
    try {
      pattern = FmriPattern.parse(text);
    } catch (MalformedException e) {
      return ErrorPage.of(404, "No matching package found in repository.");
    }
    boolean names = text.indexOf('@') < 0 || text.indexOf('*') >= 0;
    PublisherDocument document = new PublisherDocument();
    boolean found = false;
    for (String publisher : Publishers.all(call, repository)) {
      Collection<String> packages = matches(publisher, pattern, names);
      if (!packages.isEmpty()) {
        document.add(repository.publisherInformation(publisher), List.copyOf(packages));
        found = true;
      }
    }
    return found
        ? freshness.keep(
            Response.text(PublisherDocument.CONTENT_TYPE, document.text()), Freshness.YEAR)
        : ErrorPage.of(404, "No matching package found in repository.");
  }

  private Collection<String> matches(String publisher, FmriPattern pattern, boolean names) {
    Set<String> packages = new TreeSet<>();
    CatalogSnapshot catalog = (CatalogSnapshot) repository.catalog(publisher);
    catalog.forEachVersion(
        (stem, version) -> {
          if (pattern.matchesName(stem)
              && pattern.matches(new Fmri(publisher, stem, Version.parse(version)))) {
            packages.add(names ? stem : stem + "@" + version);
          }
        });
    return packages;
  }
}

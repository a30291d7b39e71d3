package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.ActionType;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.fmri.FmriPattern;
import emblema.store.catalog.CatalogEntry;
import emblema.store.origin.Origin;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code pkgrepo contents}: stored manifests, or some types of their actions. */
final class RepositoryContentsCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.remote(
            RepositoryChoice.repository(Syntax.of("print the manifests of packages")))
        .flag("-m", "print whole manifests; this is the default")
        .list("-t", "type[,type]", "only actions of these types")
        .operands("pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<FmriPattern> patterns = arguments.operands().stream().map(FmriPattern::parse).toList();
    Set<String> types = types(arguments.values("-t"));
    UnmatchedPatterns unmatched = new UnmatchedPatterns(patterns);
    boolean printed = false;
    try (Origin repository = RepositoryChoice.origin(arguments, session)) {
      for (String publisher : repository.publishers()) {
        for (CatalogEntry entry :
            PackageChoice.choose(repository.catalog(publisher), patterns, unmatched.matched())) {
          String text = new String(repository.manifest(entry.fmri()), StandardCharsets.UTF_8);
          String chosen = chosen(text, types);
          session.out().text(chosen);
          printed |= !chosen.isEmpty();
        }
      }
    }
    unmatched.requireAll();
    if (!printed && !types.isEmpty()) {
      throw new NotFoundException("this package contains no actions of the types specified");
    }
    return 0;
  }

  private static Set<String> types(List<String> lists) {
    Set<String> types = new LinkedHashSet<>();
    for (String list : lists) {
      for (String type : list.split(",", -1)) {
        if (ActionType.ofWord(type).isEmpty()) {
          throw new UsageException("'" + type + "' is not a type of action");
        }
        types.add(type);
      }
    }
    return types;
  }

  /** By type, in the order in which the types were asked for. */
  private static String chosen(String manifest, Set<String> types) {
    if (types.isEmpty()) {
      return manifest;
    }
    StringBuilder chosen = new StringBuilder();
    for (String type : types) {
      manifest
          .lines()
          .filter(line -> line.startsWith(type + " "))
          .forEach(line -> chosen.append(line).append('\n'));
    }
    return chosen.toString();
  }
}

package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.ActionWriter;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.depend.DependencyResolution;
import emblema.publisher.lint.LintedPackage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code pkgdepend resolve}: dependencies on files turned into dependencies on packages. */
final class DependResolveCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("turn dependencies on files into dependencies on packages")
        .value("-d", "dir", "write the results there, under the names of the manifests")
        .value("-s", "suffix", "add this to the names of the results; 'res' if -d is not given")
        .flag("-o", "print the results instead")
        .flag("-m", "put the rest of each manifest before its dependencies")
        .list("-r", "repository", "look for files in its newest packages too")
        .excludes("-o", "-d")
        .excludes("-o", "-s")
        .operands("manifest", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    DependencyResolution resolution = new DependencyResolution();
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Fmri> names = new LinkedHashMap<>();
    for (String file : arguments.operands()) {
      String text = TextInput.file(session.directory().resolve(file), file);
      Manifest manifest = ManifestReader.read(text, file);
      Fmri fmri = manifest.fmri().orElse(Fmri.parse("unnamed" + names.size() + "@0"));
      texts.put(file, text);
      names.put(file, fmri.version() == null ? Fmri.parse(fmri.stem() + "@0") : fmri);
      resolution.add(names.getOrDefault(file, fmri), manifest);
    }
    LintSources repositories = new LintSources(session);
    for (String address : arguments.values("-r")) {
      for (LintedPackage each : repositories.newest(address, "*", true)) {
        boolean given = names.values().stream().anyMatch(f -> f.stem().equals(each.fmri().stem()));
        if (!given) {
          resolution.addOther(each.fmri(), each.manifest());
        }
      }
    }
    texts.forEach(
        (file, text) ->
            write(file, result(text, names, file, resolution, arguments), arguments, session));
    List<String> problems = resolution.problems();
    problems.forEach(problem -> session.err().line(session.title() + ": " + problem));
    return problems.isEmpty() ? 0 : 1;
  }

  private static String result(
      String text,
      Map<String, Fmri> names,
      String file,
      DependencyResolution resolution,
      Arguments arguments) {
    String rest =
        arguments.has("-m")
            ? text.replace("\\\n", "")
                .lines()
                .filter(line -> !line.strip().startsWith("depend "))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
            : "";
    Fmri fmri = names.getOrDefault(file, Fmri.parse("unnamed@0"));
    return rest
        + resolution.resolve(fmri).stream()
            .map(action -> ActionWriter.write(action) + "\n")
            .collect(Collectors.joining());
  }

  private static void write(String file, String result, Arguments arguments, Session session) {
    if (arguments.has("-o")) {
      session.out().text("# " + file + "\n" + result + "\n\n");
      return;
    }
    String suffix = arguments.value("-s").orElse(arguments.has("-d") ? "" : "res");
    String dotted = suffix.isEmpty() || suffix.startsWith(".") ? suffix : "." + suffix;
    Path input = session.directory().resolve(file);
    Path name = input.getFileName();
    Path target =
        arguments.has("-d")
            ? session.resolve(arguments.required("-d")).resolve(name + dotted)
            : input.resolveSibling(name + dotted);
    OutputFile.write(target, result);
  }
}

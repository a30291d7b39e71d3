package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Glob;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.lint.LintedPackage;
import emblema.store.address.Repositories;
import emblema.store.http.HttpSettings;
import emblema.store.origin.Origin;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code pkglint} reads: files, and the newest packages of repositories. */
final class LintSources {
  private final Session session;

  LintSources(Session session) {
    this.session = session;
  }

  List<LintedPackage> read(Arguments arguments) {
    List<LintedPackage> packages = new ArrayList<>();
    for (String file : arguments.operands()) {
      String text = TextInput.file(session.directory().resolve(file), file);
      Manifest manifest = ManifestReader.read(text, file);
      Fmri fmri =
          manifest
              .fmri()
              .orElseThrow(() -> new MalformedException("'" + file + "' does not set pkg.fmri"));
      if (fmri.version() == null) {
        throw new MalformedException("the pkg.fmri of '" + file + "' has no version");
      }
      packages.add(new LintedPackage(fmri, manifest, false));
    }
    String pattern = arguments.value("-p").filter(text -> !text.isEmpty()).orElse("*");
    arguments.values("-l").forEach(address -> packages.addAll(newest(address, pattern, false)));
    arguments.values("-r").forEach(address -> packages.addAll(newest(address, "*", true)));
    return packages;
  }

  List<LintedPackage> newest(String address, String pattern, boolean reference) {
    Repositories repositories =
        new Repositories(
            session.directory(), HttpSettings.of(session.program(), session.environment()));
    List<LintedPackage> packages = new ArrayList<>();
    try (Origin origin = repositories.open(address)) {
      for (String publisher : origin.publishers()) {
        Map<String, Fmri> newest = new TreeMap<>();
        origin
            .catalog(publisher)
            .forEach(
                entry ->
                    newest.merge(
                        entry.fmri().stem(), entry.fmri(), (a, b) -> a.compareTo(b) >= 0 ? a : b));
        for (Fmri fmri : newest.values()) {
          if (Glob.matches(pattern, fmri.stem())) {
            Manifest manifest =
                ManifestReader.read(
                    new ByteArrayInputStream(origin.manifest(fmri)), fmri.toString());
            packages.add(new LintedPackage(fmri, manifest, reference));
          }
        }
      }
    }
    return packages;
  }
}

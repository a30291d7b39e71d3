package emblema.flash.integrity;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.ManifestReader;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The packages of an image like ours: the manifests of what is installed. */
record ImageDatabase(Disk image, SafePath metadata) implements PackageDatabase {
  private static final String INSTALLED = "state/installed/catalog.base.C";

  static Optional<PackageDatabase> in(Disk image) {
    for (String place : List.of("var/pkg", ".org.opensolaris,pkg")) {
      SafePath metadata = SafePath.of(place);
      if (image.stat(metadata.resolve(INSTALLED)).filter(Stat::isFile).isPresent()) {
        return Optional.of(new ImageDatabase(image, metadata));
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return "pkg";
  }

  @Override
  public void paths(Consumer<String> each) {
    SafePath catalog = metadata.resolve(INSTALLED);
    Json.Members publishers = JsonReader.readMembers(image.read(catalog), image.describe(catalog));
    publishers
        .members()
        .forEach(
            (publisher, stems) -> {
              if (stems instanceof Json.Members members) {
                members.members().forEach((stem, list) -> manifests(publisher, stem, list, each));
              }
            });
  }

  private void manifests(String publisher, String stem, Json versions, Consumer<String> each) {
    if (!(versions instanceof Json.Array array)) {
      return;
    }
    for (Json entry : array.items()) {
      if (entry instanceof Json.Members members) {
        members
            .text("version")
            .ifPresent(
                version -> manifest(new Fmri(publisher, stem, Version.parse(version)), each));
      }
    }
  }

  private void manifest(Fmri fmri, Consumer<String> each) {
    SafePath file =
        metadata
            .resolve("publisher")
            .resolve(fmri.publisherIfAny().orElseThrow())
            .resolve("pkg")
            .resolve(fmri.stemElement())
            .resolve(fmri.versionElement());
    if (image.stat(file).filter(Stat::isFile).isEmpty()) {
      return;
    }
    ManifestReader.stream(
        image.read(file), image.describe(file), action -> action.pathIfAny().ifPresent(each));
  }
}

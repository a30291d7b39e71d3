package emblema.publisher.master.split;

import emblema.core.action.Action;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LinkAction;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.ManifestReader;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the metadata of an image inside a tree says: which installed package delivered a path (spec
 * image-layout, sections 2 and 4.1). Packages whose manifest the image does not have are left out.
 */
public final class ImageDatabase {
  private static final List<String> METADATA = List.of("var/pkg", ".org.opensolaris,pkg");
  private static final String INSTALLED = "state/installed/catalog.base.C";

  /**
   * Who delivered a path, and what.
   *
   * @param content SHA-1 of a file that nobody may edit, else empty text
   */
  public record Delivered(Fmri owner, String content) {}

  private final Map<String, Delivered> paths = new HashMap<>();
  private final List<Fmri> incomplete = new ArrayList<>();

  private ImageDatabase() {}

  /** An empty one where the tree is no image. */
  public static ImageDatabase read(Disk disk) {
    ImageDatabase database = new ImageDatabase();
    for (String each : METADATA) {
      SafePath metadata = SafePath.of(each);
      SafePath installed = metadata.resolve(INSTALLED);
      if (disk.stat(installed).filter(Stat::isFile).isPresent()) {
        database.readAll(disk, metadata, installed);
      }
    }
    return database;
  }

  private void readAll(Disk disk, SafePath metadata, SafePath installed) {
    Json.Members catalog;
    try (InputStream in = disk.read(installed)) {
      catalog = JsonReader.readMembers(in, disk.describe(installed));
    } catch (IOException e) {
      throw unreadable(disk, installed, e);
    }
    catalog
        .members()
        .forEach(
            (publisher, packages) -> {
              if (!publisher.startsWith("_") && packages instanceof Json.Members stems) {
                stems
                    .members()
                    .forEach(
                        (stem, versions) ->
                            versions(versions)
                                .forEach(
                                    version ->
                                        readPackage(
                                            disk,
                                            metadata,
                                            Fmri.parse(
                                                "pkg://" + publisher + "/" + stem + "@"
                                                    + version))));
              }
            });
  }

  private static List<String> versions(Json entries) {
    List<String> versions = new ArrayList<>();
    if (entries instanceof Json.Array array) {
      for (Json each : array.items()) {
        if (each instanceof Json.Members members) {
          members.text("version").ifPresent(versions::add);
        }
      }
    }
    return versions;
  }

  private void readPackage(Disk disk, SafePath metadata, Fmri fmri) {
    SafePath manifest =
        metadata.resolve(
            "publisher/"
                + fmri.publisherIfAny().orElse("")
                + "/pkg/"
                + fmri.stemElement()
                + "/"
                + fmri.versionElement());
    if (disk.stat(manifest).filter(Stat::isFile).isEmpty()) {
      incomplete.add(fmri);
      return;
    }
    try (InputStream in = disk.read(manifest)) {
      ManifestReader.stream(in, disk.describe(manifest), action -> add(action, fmri));
    } catch (IOException e) {
      throw unreadable(disk, manifest, e);
    }
  }

  private static StorageException unreadable(Disk disk, SafePath file, IOException e) {
    return new StorageException(
        "cannot read '" + disk.describe(file) + "'", String.valueOf(e.getMessage()), List.of(), e);
  }

  private static String content(Action action) {
    String payload = action.payload();
    return action instanceof FileAction file
            && file.preserve().isEmpty()
            && payload != null
            && payload.matches("[0-9a-f]{40}")
        ? payload
        : "";
  }

  private void add(Action action, Fmri fmri) {
    Delivered delivered = new Delivered(fmri, content(action));
    action
        .pathIfAny()
        .ifPresent(
            path -> {
              boolean only =
                  action instanceof FileAction
                      || action instanceof LinkAction
                      || action instanceof HardLinkAction;
              if (only) {
                paths.put(path, delivered);
              } else {
                paths.putIfAbsent(path, delivered);
              }
            });
  }

  public boolean isEmpty() {
    return paths.isEmpty();
  }

  public Optional<Delivered> at(String path) {
    return Optional.ofNullable(paths.get(path));
  }

  /** Installed packages without a manifest. */
  public List<Fmri> incomplete() {
    return List.copyOf(incomplete);
  }
}

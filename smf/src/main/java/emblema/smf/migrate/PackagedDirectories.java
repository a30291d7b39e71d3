package emblema.smf.migrate;

import emblema.core.action.ActionReader;
import emblema.core.action.DirectoryAction;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The staging directories that packages deliver, read from the manifests that the environment's
 * image caches. Manifests of versions that are not installed only keep a directory too many.
 */
record PackagedDirectories(Places places) {
  private static final SafePath PUBLISHERS = SafePath.of("var/pkg/publisher");

  /** Paths in the environment, at or below the staging root. */
  Set<SafePath> below(SafePath staging) {
    Disk disk = places.disk();
    Set<SafePath> found = new HashSet<>();
    SafePath publishers = places.inside(PUBLISHERS);
    for (SafePath publisher : directories(publishers)) {
      for (SafePath stem : directories(publisher.resolve("pkg"))) {
        for (String version : disk.list(stem)) {
          SafePath manifest = stem.resolve(version);
          if (disk.stat(manifest).filter(Stat::isFile).isPresent()) {
            read(manifest, staging, found);
          }
        }
      }
    }
    return found;
  }

  private List<SafePath> directories(SafePath directory) {
    Disk disk = places.disk();
    if (disk.stat(directory).filter(Stat::isDirectory).isEmpty()) {
      return List.of();
    }
    return disk.list(directory).stream()
        .map(directory::resolve)
        .filter(path -> disk.stat(path).filter(Stat::isDirectory).isPresent())
        .toList();
  }

  private void read(SafePath manifest, SafePath staging, Set<SafePath> found) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(places.disk().read(manifest), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("dir ") && line.contains(staging.text())) {
          add(line, staging, found);
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + places.disk().describe(manifest) + "'", e.getMessage(), List.of(), e);
    }
  }

  private static void add(String line, SafePath staging, Set<SafePath> found) {
    try {
      if (ActionReader.read(line) instanceof DirectoryAction directory) {
        SafePath path = SafePath.of(directory.path());
        if (path.startsWith(staging)) {
          found.add(path);
        }
      }
    } catch (MalformedException e) {
      // Not for this service to judge: pkg verify reports a damaged manifest.
    }
  }
}

package emblema.publisher.send;

import emblema.core.action.Action;
import emblema.core.action.SetAction;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The manifest that one package is published from: one text, or several one after the other. */
public final class SourceManifest {
  private SourceManifest() {}

  /** Reads files one by one, so that errors name the file and the line in it. */
  public static Manifest read(List<Path> files) {
    List<Action> actions = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        actions.addAll(ManifestReader.read(in, file.toString()).actions());
      } catch (NoSuchFileException e) {
        throw new NotFoundException("the manifest '" + file + "' does not exist");
      } catch (IOException e) {
        throw new StorageException(
            "the manifest '" + file + "' cannot be read", e.getMessage(), List.of(), e);
      }
    }
    return new Manifest(actions);
  }

  /**
   * The package that the manifest names, last if several times, without its timestamp unless that
   * is to be kept.
   *
   * @param timestamp given instead, or null
   */
  public static Fmri fmri(Manifest manifest, boolean keepTimestamp, @Nullable String timestamp) {
    List<Fmri> named =
        manifest
            .actions(SetAction.class)
            .filter(set -> set.name().equals("pkg.fmri") || set.name().equals("fmri"))
            .map(set -> Fmri.parse(set.value()))
            .toList();
    if (named.isEmpty()) {
      throw new MalformedException(
          "the manifest does not set pkg.fmri", "add 'set name=pkg.fmri value=NAME@VERSION'");
    }
    Fmri fmri = named.getLast();
    if (named.stream().anyMatch(each -> !each.stem().equals(fmri.stem()))) {
      throw new ConflictException(
          "the manifests are of different packages, '"
              + named.getFirst().stem()
              + "' and '"
              + fmri.stem()
              + "', and would become one",
          "publish each package by a command of its own");
    }
    Version version = fmri.version();
    if (version == null) {
      throw new MalformedException(
          "the pkg.fmri '" + fmri + "' of the manifest has no version", "write NAME@VERSION");
    }
    if (timestamp != null) {
      return fmri.withVersion(
          new Version(version.release(), version.build(), version.branch(), timestamp));
    }
    return keepTimestamp ? fmri : fmri.withVersion(version.withoutTimestamp());
  }
}

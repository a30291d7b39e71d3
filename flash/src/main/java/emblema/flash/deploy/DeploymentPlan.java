package emblema.flash.deploy;

import emblema.flash.archive.Identification;
import emblema.flash.script.Script;
import java.util.List;
import java.util.Optional;

/**
 * A deployment that was checked as far as the archive can be read before: nothing was changed.
 *
 * @param contents what reading the archive to its end told; none of a stream, which is read once
 */
public record DeploymentPlan(
    ArchiveSource source,
    Identification identification,
    Target target,
    DeploymentOptions options,
    Optional<Contents> contents) {

  /**
   * What an archive holds.
   *
   * @param bytes of files when extracted, in whole blocks
   * @param id MD5 of the files' stream in hex
   * @param scripts in the order in which they would be run
   * @param removals absolute paths that the clone loses
   */
  public record Contents(
      long objects, long bytes, String id, List<Script> scripts, List<String> removals) {
    public Contents {
      scripts = List.copyOf(scripts);
      removals = List.copyOf(removals);
    }
  }

  public boolean isDifferential() {
    return identification.isDifferential();
  }
}

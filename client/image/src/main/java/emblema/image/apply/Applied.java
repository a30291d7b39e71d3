package emblema.image.apply;

import emblema.core.io.SafePath;
import java.util.List;

/**
 * What carrying out a plan did that the user should hear about.
 *
 * @param salvaged what is in lost+found now
 * @param moved what a {@code salvage-from} brought to its new place
 * @param kept edited files that kept their content, or whose content is now under another name
 * @param remarks other things worth a line
 */
public record Applied(
    List<Salvaged> salvaged, List<Salvaged> moved, List<Kept> kept, List<String> remarks) {
  public Applied {
    salvaged = List.copyOf(salvaged);
    moved = List.copyOf(moved);
    kept = List.copyOf(kept);
    remarks = List.copyOf(remarks);
  }

  /**
   * @param path where it was
   * @param stored where it is, relative to the image root
   */
  public record Salvaged(SafePath path, SafePath stored) {}

  /**
   * @param path the editable file
   * @param other where the other content is: the delivered one ({@code .new}) or the user's ({@code
   *     .old}, {@code .legacy}, {@code .update})
   */
  public record Kept(SafePath path, SafePath other) {}
}

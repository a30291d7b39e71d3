package emblema.image.plan;

import emblema.core.action.FileAction;
import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does to files that users may edit, as far as that can be said before it is done (spec
 * client-cli, section 6). Paths are sorted.
 */
public record EditableChanges(
    List<Move> moved, List<String> removed, List<String> installed, List<String> updated) {

  /** A file that gets another path. */
  public record Move(String from, String to) implements Comparable<Move> {
    @Override
    public int compareTo(Move other) {
      int order = from.compareTo(other.from);
      return order != 0 ? order : to.compareTo(other.to);
    }
  }

  /** Looks at what is on disk now. */
  @FunctionalInterface
  public interface Look {
    OnDisk at(SafePath path, @Nullable FileAction before, @Nullable FileAction after);
  }

  public EditableChanges {
    moved = sorted(moved);
    removed = sorted(removed);
    installed = sorted(installed);
    updated = sorted(updated);
  }

  private static <T extends Comparable<T>> List<T> sorted(List<T> values) {
    List<T> copy = new ArrayList<>(values);
    Collections.sort(copy);
    return List.copyOf(copy);
  }

  public boolean isEmpty() {
    return moved.isEmpty() && removed.isEmpty() && installed.isEmpty() && updated.isEmpty();
  }

  public static EditableChanges of(Plan plan, Look look) {
    List<Move> moved = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> installed = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.RemoveFile removal when Preserve.isEditable(removal.before()) -> {
          SafePath path = Paths.of(removal.owner(), removal.before());
          OnDisk disk = look.at(path, removal.before(), null);
          if (disk != OnDisk.MISSING
              && Preserve.onRemoving(removal.before(), disk) != Preserve.Removal.LEAVE) {
            removed.add(path.text());
          }
        }
        case Step.PutFile put when Preserve.isEditable(put.after()) ->
            place(put, look, moved, installed, updated);
        default -> {}
      }
    }
    return new EditableChanges(moved, removed, installed, updated);
  }

  private static void place(
      Step.PutFile put, Look look, List<Move> moved, List<String> installed, List<String> updated) {
    String path = Paths.of(put.owner(), put.after()).text();
    FileAction before = put.before();
    if (put.setAside() != null && before != null) {
      moved.add(new Move(Paths.of(put.owner(), before).text(), path));
      return;
    }
    OnDisk disk = look.at(SafePath.of(path), before, put.after());
    switch (Preserve.onPlacing(before, put.after(), put.transition(), disk)) {
      case REPLACE -> (before == null ? installed : updated).add(path);
      case WRITE_BESIDE -> installed.add(path + ".new");
      case SALVAGE_AND_REPLACE -> installed.add(path);
      case REPLACE_KEEPING_OLD -> {
        moved.add(new Move(path, path + ".old"));
        installed.add(path);
      }
      case REPLACE_KEEPING_LEGACY -> {
        moved.add(new Move(path, path + ".legacy"));
        installed.add(path);
      }
      case REPLACE_KEEPING_UPDATE -> {
        moved.add(new Move(path, path + ".update"));
        installed.add(path);
      }
      case SALVAGE_ONLY, KEEP, NOTHING -> {}
    }
  }
}

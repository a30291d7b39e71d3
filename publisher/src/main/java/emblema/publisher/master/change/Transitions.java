package emblema.publisher.master.change;

import emblema.core.action.Action;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What content alone cannot tell a client: where the data of a vanished directory goes, which file
 * an editable file was before (spec master-image-diff, section 6). Collected by {@link
 * TransitionFinder}.
 */
public final class Transitions {
  private final Map<String, Set<String>> salvage = new TreeMap<>();
  private final Map<String, Action> staging = new TreeMap<>();
  private final Map<String, String> stagingFor = new TreeMap<>();
  private final Map<String, String> originalNames = new TreeMap<>();
  private final Set<String> reboot = new TreeSet<>();
  private final Set<String> becameLinks = new TreeSet<>();
  private final List<Move> directoryMoves = new ArrayList<>();
  private final List<Move> fileMoves = new ArrayList<>();

  void salvage(String directory, String from) {
    salvage.computeIfAbsent(directory, key -> new LinkedHashSet<>()).add(from);
  }

  void stage(Action directory, String link) {
    String path = directory.key();
    staging.put(path, directory);
    stagingFor.put(path, link);
  }

  void originalName(String path, String name) {
    originalNames.put(path, name);
  }

  void reboot(String path) {
    reboot.add(path);
  }

  void becameLink(String path) {
    becameLinks.add(path);
  }

  void moved(Move move, boolean directory) {
    (directory ? directoryMoves : fileMoves).add(move);
  }

  /** Former directories whose contents the directory at the path receives, oldest first. */
  public Set<String> salvagedInto(String directory) {
    return salvage.getOrDefault(directory, Set.of());
  }

  /** All directories that receive contents. */
  public Set<String> receivers() {
    return salvage.keySet();
  }

  /** Staging directories by path (section 6.4). */
  public Map<String, Action> staging() {
    return staging;
  }

  /** The link that a staging directory was made for. */
  public String linkOf(String stagingDirectory) {
    return stagingFor.getOrDefault(stagingDirectory, "");
  }

  /** {@code original_name} by the path of the file. */
  public Map<String, String> originalNames() {
    return originalNames;
  }

  /** Paths whose change needs a new boot environment because of a transition. */
  public Set<String> reboot() {
    return reboot;
  }

  /** Former directories that are symbolic links now: nothing may be delivered below. */
  public Set<String> becameLinks() {
    return becameLinks;
  }

  public List<Move> directoryMoves() {
    return directoryMoves;
  }

  public List<Move> fileMoves() {
    return fileMoves;
  }
}

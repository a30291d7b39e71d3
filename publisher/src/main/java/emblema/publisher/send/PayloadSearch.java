package emblema.publisher.send;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.FileAction;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Glob;
import emblema.core.manifest.Manifest;
import emblema.store.publication.PayloadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Where the payloads of a manifest are (spec pkgsend, section 4): in the directories, in their
 * order; then in the bundles; without either, where their names say.
 */
public final class PayloadSearch implements Function<Action, PayloadSource> {
  private static final String NO_HASH = "NOHASH";

  private final Path start;
  private final List<Path> directories;
  private final List<Path> bundles;
  private final List<String> timestamped;

  /**
   * @param start what names are relative to when there are no directories and bundles
   * @param directories in which links are followed
   * @param bundles trees in which they are not
   * @param timestamped shell patterns of base names whose files keep their modification time
   */
  public PayloadSearch(
      Path start, List<Path> directories, List<Path> bundles, List<String> timestamped) {
    this.start = start;
    this.directories = List.copyOf(directories);
    this.bundles = List.copyOf(bundles);
    this.timestamped = List.copyOf(timestamped);
  }

  /** Finds every payload, so that nothing is published when one is missing; adds timestamps. */
  public Manifest prepare(Manifest manifest) {
    List<Action> actions = new ArrayList<>(manifest.actions().size());
    for (Action action : manifest.actions()) {
      actions.add(action.type().hasPayload() && hasContent(action) ? prepare(action) : action);
    }
    return new Manifest(actions);
  }

  private static boolean hasContent(Action action) {
    return action.payload() != null;
  }

  private Action prepare(Action action) {
    Path file = find(action);
    String name = action.key().substring(action.key().lastIndexOf('/') + 1);
    boolean kept = timestamped.stream().anyMatch(pattern -> Glob.matches(pattern, name));
    if (!(action instanceof FileAction) || !kept || directories.isEmpty()) {
      return action;
    }
    return action.withAttributes(
        action.attributes().with("timestamp", PayloadTimes.write(modified(file))));
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    } catch (IOException e) {
      throw new NotFoundException("'" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  @Override
  public PayloadSource apply(Action action) {
    return new FilePayload(find(action));
  }

  private Path find(Action action) {
    String token = token(action);
    if (directories.isEmpty() && bundles.isEmpty()) {
      Path file = start.resolve(token);
      if (Files.isRegularFile(file)) {
        return file;
      }
      throw missing(token, List.of(start));
    }
    String relative = token.replaceFirst("^/+", "");
    return find(directories, relative)
        .or(() -> find(bundles, relative, LinkOption.NOFOLLOW_LINKS))
        .orElseThrow(() -> missing(relative, directories.isEmpty() ? bundles : directories));
  }

  private static Optional<Path> find(List<Path> trees, String name, LinkOption... links) {
    return trees.stream()
        .map(tree -> tree.resolve(name))
        .filter(file -> Files.isRegularFile(file, links))
        .findFirst();
  }

  private static String token(Action action) {
    String payload = String.valueOf(action.payload());
    if (!payload.equals(NO_HASH)) {
      return payload;
    }
    return action
        .pathIfAny()
        .map(path -> "/" + path)
        .orElseThrow(
            () ->
                new MalformedException(
                    "the action '" + ActionWriter.write(action) + "' names no payload",
                    "write the payload's path after the word '" + action.type().word() + "'"));
  }

  private static NotFoundException missing(String token, List<Path> places) {
    return new NotFoundException(
        "action payload '" + token + "' was not found in any of the provided locations:",
        String.join("\n", places.stream().map(Path::toString).toList()),
        List.of(),
        null);
  }
}

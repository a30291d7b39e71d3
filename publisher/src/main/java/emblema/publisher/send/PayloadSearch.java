package emblema.publisher.send;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.FileAction;
import emblema.core.action.SignatureAction;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Glob;
import emblema.core.manifest.Manifest;
import emblema.publisher.bundle.Bundle;
import emblema.publisher.bundle.PayloadTimes;
import emblema.store.publication.PayloadSource;
import java.io.IOException;
import java.nio.file.Files;
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
  private final List<Bundle> bundles;
  private final List<String> timestamped;

  /**
   * @param start what names are relative to when there are no directories and bundles
   * @param directories in which links are followed
   * @param bundles searched after the directories
   * @param timestamped shell patterns of base names whose files keep their modification time
   */
  public PayloadSearch(
      Path start, List<Path> directories, List<Bundle> bundles, List<String> timestamped) {
    this.start = start;
    this.directories = List.copyOf(directories);
    this.bundles = List.copyOf(bundles);
    this.timestamped = List.copyOf(timestamped);
  }

  /** Payloads are files that the actions name. */
  public static PayloadSearch asNamed(Path start) {
    return new PayloadSearch(start, List.of(), List.of(), List.of());
  }

  /** Finds every payload, so that nothing is published when one is missing; adds timestamps. */
  public Manifest prepare(Manifest manifest) {
    List<Action> actions = new ArrayList<>(manifest.actions().size());
    manifest.actions().forEach(action -> actions.add(prepare(action)));
    return new Manifest(actions);
  }

  Action prepare(Action action) {
    if (!action.type().hasPayload()
        || action.payload() == null
        || action instanceof SignatureAction) {
      return action;
    }
    Content content = find(action);
    String name = action.key().substring(action.key().lastIndexOf('/') + 1);
    boolean kept = timestamped.stream().anyMatch(pattern -> Glob.matches(pattern, name));
    if (!(action instanceof FileAction) || !kept || directories.isEmpty()) {
      return action;
    }
    return content instanceof Content.InDirectory file
        ? action.withAttributes(
            action.attributes().with("timestamp", PayloadTimes.write(modified(file.path()))))
        : action;
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
    return switch (find(action)) {
      case Content.InDirectory file -> new FilePayload(file.path());
      case Content.InBundle member -> member.source();
    };
  }

  private sealed interface Content {
    record InDirectory(Path path) implements Content {}

    record InBundle(PayloadSource source) implements Content {}
  }

  private Content find(Action action) {
    String token = token(action);
    if (directories.isEmpty() && bundles.isEmpty()) {
      Path file = start.resolve(token);
      if (Files.isRegularFile(file)) {
        return new Content.InDirectory(file);
      }
      throw missing(token, List.of(start.toString()));
    }
    String relative = token.replaceFirst("^/+", "");
    for (Path directory : directories) {
      Path file = directory.resolve(relative);
      if (Files.isRegularFile(file)) {
        return new Content.InDirectory(file);
      }
    }
    for (Bundle bundle : bundles) {
      Optional<PayloadSource> found = bundle.payload(relative);
      if (found.isPresent()) {
        return new Content.InBundle(found.get());
      }
    }
    throw missing(
        relative,
        directories.isEmpty()
            ? bundles.stream().map(Bundle::name).toList()
            : directories.stream().map(Path::toString).toList());
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

  private static NotFoundException missing(String token, List<String> places) {
    return new NotFoundException(
        "action payload '" + token + "' was not found in any of the provided locations:",
        String.join("\n", places),
        List.of(),
        null);
  }
}

package emblema.publisher.transform;

import emblema.core.action.Action;
import emblema.core.manifest.Manifest;
import java.util.List;

/**
 * Rules, ready to be applied to any number of manifests (spec pkgmogrify, section 9). All rules
 * apply to every action, in the order they were read, each to what the one before it left.
 *
 * <pre>{@code
 * Mogrifier rules = Mogrifier.of(new Sources(Sources.Settings.of(directory)).read("site.mog"));
 * switch (rules.apply(manifest, "zlib@1.3")) {
 *   case Outcome.Complete complete -> publish(complete.manifest());
 *   case Outcome.Stopped stopped -> exit(stopped.status());
 * }
 * }</pre>
 */
public final class Mogrifier {
  private final List<Transform> transforms;
  private final List<Item> content;
  private final boolean verbose;

  private Mogrifier(List<Transform> transforms, List<Item> content, boolean verbose) {
    this.transforms = List.copyOf(transforms);
    this.content = List.copyOf(content);
    this.verbose = verbose;
  }

  /** Rules alone. */
  public static Mogrifier of(List<Transform> transforms) {
    return new Mogrifier(transforms, List.of(), false);
  }

  /** Rules, and the actions that stand among them. */
  public static Mogrifier of(Sources sources) {
    return new Mogrifier(sources.transforms(), sources.items(), false);
  }

  /** The same, with comments that show what each rule did. */
  public Mogrifier verbose() {
    return new Mogrifier(transforms, content, true);
  }

  /** Applies the rules to the actions that stood among them. */
  public Outcome apply() {
    TransformRun run = new TransformRun(transforms, verbose);
    content.forEach(run::take);
    return run.outcome();
  }

  /**
   * Applies the rules to a manifest, and after it to the actions that stood among them.
   *
   * @param source named in errors
   */
  public Outcome apply(Manifest manifest, String source) {
    TransformRun run = new TransformRun(transforms, verbose);
    Place place = new Place(source, 0);
    for (Action action : manifest.actions()) {
      run.take(new Item.Content("", Draft.of(action), place));
    }
    run.take(new Item.End(source));
    content.forEach(run::take);
    return run.outcome();
  }
}

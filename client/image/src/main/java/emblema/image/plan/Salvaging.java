package emblema.image.plan;

import emblema.core.io.SafePath;

/** Which steps may salvage something, as far as a plan can say. */
final class Salvaging {
  private Salvaging() {}

  /** Whether the step may salvage what a directory claims. */
  static boolean gives(Step step, Salvage salvage, SafePath into) {
    return switch (step) {
      case Step.RemoveDirectory removal -> goesTo(removal.path(), salvage, into);
      case Step.RemoveFile removal ->
          Preserve.isEditable(removal.before())
              && goesTo(Paths.of(removal.owner(), removal.before()), salvage, into);
      default -> false;
    };
  }

  private static boolean goesTo(SafePath path, Salvage salvage, SafePath into) {
    return salvage.winner(path).filter(claim -> claim.into().equals(into)).isPresent();
  }
}

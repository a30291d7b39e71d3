package emblema.image.solve;

/** Chooses what {@link Sat} assumes next; the order of its choices is the order of preference. */
interface Brancher {
  /**
   * A literal that has no value yet, or 0 to leave the rest to the solver, which makes it false.
   */
  int next(Sat sat);

  /** Some values were taken back: positions remembered between calls are no longer right. */
  default void backtracked() {}
}

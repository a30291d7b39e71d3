package emblema.testkit;

import java.util.Random;

/**
 * Randomness that can be had again: each use prints its seed, {@code -Dtests.seed=N} replays it.
 */
public final class Seed {
  private Seed() {}

  /** The seed to use, from the property or fresh; printed with the calling test's name. */
  public static long next() {
    String given = System.getProperty("tests.seed", "");
    long seed = given.isBlank() ? System.nanoTime() & 0xFFFF_FFFFL : Long.parseLong(given.strip());
    String caller =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(f -> !f.getClassName().equals(Seed.class.getName()))
                        .findFirst()
                        .map(f -> f.getClassName() + "#" + f.getMethodName())
                        .orElse("test"));
    System.out.println(caller + ": replay with -Dtests.seed=" + seed);
    return seed;
  }

  public static Random random() {
    return new Random(next());
  }
}

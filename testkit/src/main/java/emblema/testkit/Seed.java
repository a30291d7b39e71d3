package emblema.testkit;

import java.util.Random;

/**
 * Randomness that can be had again: each use prints its seed, {@code -Dtests.seed=N} replays it. 0
 * is as good as no seed: Lucene reads the same property and wants a number.
 */
public final class Seed {
  private Seed() {}

  /** The seed to use, from the property or fresh; printed with the calling test's name. */
  public static long next() {
    long given = Long.parseLong(System.getProperty("tests.seed", "0").strip());
    long seed = given == 0 ? 1 + (System.nanoTime() & 0x7FFF_FFFFL) : given;
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

  /** The seed of the property, else always the same one: for tests that count what they met. */
  public static long orElse(long usual) {
    long given = Long.parseLong(System.getProperty("tests.seed", "0").strip());
    return given == 0 ? usual : given;
  }

  public static Random random() {
    return new Random(next());
  }
}

package emblema.testkit;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Proves a promise of the kind "the old state or the new, and doing it again completes": counts an
 * action's changes to the disk, then for each of them starts from a fresh tree, kills the action
 * there, or cuts the power (losing what was not synced, in several ways), or lets the disk refuse
 * that one change; checks the invariant; does it again; checks that it is complete.
 *
 * <pre>{@code
 * new CrashTest(scratch, Seed.next())
 *     .tree(root -> Files.writeString(root.resolve("file"), "old"))
 *     .action(disk -> AtomicFile.write(disk, path, 0644, bytes, Durability.FULL))
 *     .invariant(root -> assertThat(root.resolve("file")).content().isIn("old", "new"))
 *     .completed(root -> assertThat(root.resolve("file")).hasContent("new"))
 *     .run();
 * }</pre>
 */
public final class CrashTest {
  private static final int SHUFFLES = 2;

  private final Path scratch;
  private final Random random;
  private Step<Path> tree = root -> {};
  private @Nullable Step<Disk> action;
  private @Nullable Step<Disk> resume;
  private Step<Path> invariant = root -> {};
  private Step<Path> completed = root -> {};
  private int most = Integer.MAX_VALUE;
  private int states;

  /** Something to do with a tree's root, or with a disk opened on it. */
  @FunctionalInterface
  public interface Step<T> {
    void accept(T subject) throws Exception;
  }

  /**
   * @param scratch an empty directory to work in
   */
  public CrashTest(Path scratch, long seed) {
    this.scratch = scratch;
    this.random = new Random(seed);
  }

  /** Builds the old state in an empty directory; the same each time. */
  public CrashTest tree(Step<Path> build) {
    this.tree = build;
    return this;
  }

  /** What is interrupted. */
  public CrashTest action(Step<Disk> run) {
    this.action = run;
    return this;
  }

  /** What is done after the interruption; by default the action again. */
  public CrashTest resume(Step<Disk> again) {
    this.resume = again;
    return this;
  }

  /** What holds at every moment. */
  public CrashTest invariant(Step<Path> check) {
    this.invariant = check;
    return this;
  }

  /** What holds when the action has returned, and after resuming. */
  public CrashTest completed(Step<Path> check) {
    this.completed = check;
    return this;
  }

  /** Takes a random selection when there are more points than this. */
  public CrashTest atMost(int points) {
    this.most = points;
    return this;
  }

  /** Returns how many states were checked. */
  public int run() throws Exception {
    states = 0;
    Path first = fresh();
    List<Operation> all;
    int count;
    try (RecordingDisk disk = new RecordingDisk(RealDisk.open(first))) {
      step(action).accept(disk);
      all = disk.operations();
      count = disk.count();
    }
    completed.accept(first);
    discard(first);
    for (Aftermath aftermath : Aftermath.values()) {
      powerCut(all, count + 1, aftermath, true);
    }
    for (int n = 1; n <= count; n++) {
      if (count > most && random.nextInt(count) >= most) {
        continue;
      }
      kill(n, all);
      for (Aftermath aftermath : Aftermath.values()) {
        for (int i = 0; i < (aftermath == Aftermath.SHUFFLED ? SHUFFLES : 1); i++) {
          powerCut(all, n, aftermath, false);
        }
      }
      for (Fault fault : Fault.values()) {
        refuse(n, fault, all);
      }
    }
    return states;
  }

  private void kill(int n, List<Operation> all) throws Exception {
    Path root = fresh();
    try (RecordingDisk disk = new RecordingDisk(RealDisk.open(root)).crashBefore(n)) {
      step(action).accept(disk);
    } catch (Crash crash) {
      // As intended. Without a crash the action took another way this time: also a state to check.
    }
    check(root, "killed before " + describe(n, all), false);
  }

  private void powerCut(List<Operation> all, int n, Aftermath aftermath, boolean isComplete)
      throws Exception {
    Path root = fresh();
    List<Operation> done = all.stream().filter(o -> o.number() < n).toList();
    try (Disk disk = RealDisk.open(root)) {
      Aftermath.replay(done, aftermath.kept(done, random), disk);
    }
    check(root, "power cut (" + aftermath + ") before " + describe(n, all), isComplete);
  }

  private void refuse(int n, Fault fault, List<Operation> all) throws Exception {
    Path root = fresh();
    boolean isComplete = false;
    try (RecordingDisk disk = new RecordingDisk(RealDisk.open(root)).failAt(n, fault)) {
      step(action).accept(disk);
      isComplete = true;
    } catch (EmblemaException expected) {
      // As intended.
    }
    check(root, fault + " at " + describe(n, all), isComplete);
  }

  private void check(Path root, String when, boolean isComplete) throws Exception {
    states++;
    try {
      invariant.accept(root);
      if (isComplete) {
        completed.accept(root);
      }
      try (Disk disk = RealDisk.open(root)) {
        step(resume == null ? action : resume).accept(disk);
      }
      completed.accept(root);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(when + ": " + e.getMessage() + "\ntree left in " + root, e);
    }
    discard(root);
  }

  private static String describe(int n, List<Operation> all) {
    return all.stream()
        .filter(o -> o.number() == n)
        .findFirst()
        .map(o -> "operation " + o)
        .orElse(n > all.size() ? "anything else (complete)" : "operation " + n);
  }

  private Path fresh() throws Exception {
    Path root = Files.createTempDirectory(scratch, "tree");
    tree.accept(root);
    return root;
  }

  private void discard(Path root) throws IOException {
    try (Disk disk = RealDisk.open(scratch)) {
      Path name = root.getFileName();
      TreeRemoval.remove(disk, SafePath.of(name == null ? "" : name.toString()));
    }
  }

  private static Step<Disk> step(@Nullable Step<Disk> step) {
    if (step == null) {
      throw new IllegalStateException("no action given");
    }
    return step;
  }
}

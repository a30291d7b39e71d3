package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.ledger.LedgerCheck;
import emblema.publisher.master.ledger.LedgerReader;
import emblema.publisher.master.plan.Choices;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlanRequest;
import emblema.publisher.master.plan.Planner;
import emblema.publisher.master.plan.Release;
import emblema.publisher.master.publish.PlanPublisher;
import emblema.publisher.master.rule.RuleReader;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.select.MasterTree;
import emblema.publisher.master.select.Selection;
import emblema.publisher.master.select.SelectionRules;
import emblema.publisher.master.select.TreeReader;
import emblema.store.file.FileRepository;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 28 of spec master-image-diff, section 17: a publication killed at any write. */
class InterruptionTest {
  private static final Rules RULES =
      RuleReader.read("package app opt/**\npackage base **\n", "test.rules");
  private static final Selection SELECTION = new Selection(SelectionRules.ALL, Set.of(), RULES);
  private static final int POINTS = 60;

  @TempDir Path directory;

  @Test
  void case28_aKilledPublicationLeavesOldOrNewAndRunsAgainToTheSameNames() throws Exception {
    Tree old =
        new Tree(directory.resolve("old"))
            .file("opt/app/bin/run", "run 1")
            .file("usr/bin/tool", "tool");
    Tree now =
        old.copy(directory.resolve("new"))
            .file("opt/app/bin/run", "run 2")
            .file("opt/app/bin/more", "m");
    Path scratch = Files.createDirectory(directory.resolve("scratch"));

    int states =
        new CrashTest(scratch, Seed.next())
            .tree(
                root -> {
                  try (FileRepository repository = FileRepository.create(RealDisk.open(root), 4)) {
                    publish(repository, planner(repository, 1).baseline(read(old)));
                  }
                })
            .action(disk -> publishNext(disk, old, now))
            .resume(
                disk -> {
                  if (release(disk).equals("1.0-1")) {
                    publishNext(disk, old, now);
                  }
                })
            .invariant(root -> check(root))
            .completed(
                root ->
                    assertThat(newest(root).get("app"))
                        .isEqualTo(Fmri.parse("pkg://example.com/app@1.0,5.11-2:20260101T000002Z")))
            .atMost(POINTS)
            .run();

    assertThat(states).isGreaterThan(POINTS / 2);
  }

  private static void publishNext(Disk disk, Tree old, Tree now) {
    FileRepository repository = FileRepository.open(disk);
    publish(repository, planner(repository, 2).next(Optional.of(read(old)), read(now)));
  }

  private static void publish(FileRepository repository, Plan plan) {
    new PlanPublisher(repository, Story.CLOCK, 1, EventSink.QUIET).publish(plan);
  }

  private static Planner planner(FileRepository repository, int number) {
    Release release =
        new Release("1.0", Integer.toString(number), "", Story.CLOCK.instant().plusSeconds(number));
    return new Planner(
        repository,
        List.of(),
        new PlanRequest(Story.PUBLISHER, "master", release, RULES, SELECTION, Choices.DEFAULT));
  }

  private static MasterTree read(Tree tree) {
    try {
      int uid = (Integer) Files.getAttribute(tree.root(), "unix:uid");
      return new TreeReader(RULES, SELECTION, Optional.empty(), uid, 1, EventSink.QUIET)
          .read(RealDisk.open(tree.root()), true);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String release(Disk disk) {
    Fmri incorporation =
        LedgerReader.head(FileRepository.open(disk), Story.PUBLISHER, "master/incorporation")
            .incorporation();
    return Objects.requireNonNull(incorporation).requireVersion().toShortString();
  }

  /** Everything that the newest release names is there, and all of it is of one release. */
  private static void check(Path root) {
    try (FileRepository repository = FileRepository.open(root)) {
      Ledger ledger = LedgerReader.read(repository, Story.PUBLISHER, "master/incorporation");
      LedgerCheck.check(ledger, repository);
      String branch =
          Objects.requireNonNull(ledger.packages().get("app"))
              .fmri()
              .requireVersion()
              .toShortString();
      assertThat(Objects.requireNonNull(ledger.incorporation()).requireVersion().toShortString())
          .isEqualTo(branch);
      assertThat(ledger.owners().containsKey("opt/app/bin/more")).isEqualTo(branch.equals("1.0-2"));
    }
  }

  private static TreeMap<String, Fmri> newest(Path root) {
    TreeMap<String, Fmri> newest = new TreeMap<>();
    try (FileRepository repository = FileRepository.open(root)) {
      repository
          .catalog(Story.PUBLISHER)
          .forEach(entry -> newest.put(entry.fmri().stem(), entry.fmri()));
    }
    return newest;
  }
}

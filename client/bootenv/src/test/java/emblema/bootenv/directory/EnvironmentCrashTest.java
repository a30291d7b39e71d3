package emblema.bootenv.directory;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.BootEnvironments;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import emblema.testkit.TreeSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise of docs/formats/boot-environments-directory.md, at every write. */
class EnvironmentCrashTest {
  @TempDir Path scratch;

  private static void build(Path root) throws Exception {
    Fixture.create(root).close();
    Path one = root.resolve("be/one");
    Files.createDirectories(one.resolve("usr"));
    Files.createDirectories(one.resolve("etc"));
    Files.writeString(one.resolve("usr/tool"), "tool");
    Files.createLink(one.resolve("usr/twin"), one.resolve("usr/tool"));
    Files.writeString(one.resolve("etc/conf"), "conf");
    Files.createSymbolicLink(one.resolve("link"), Path.of("usr"));
  }

  private static void buildTwo(Path root) throws Exception {
    build(root);
    try (DirectoryEnvironments environments =
        DirectoryEnvironments.open(root, Fixture.setting(Durability.NONE))) {
      environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET);
    }
  }

  private static CrashTest.Step<Disk> with(Consumer<DirectoryEnvironments> work) {
    return disk -> work.accept(DirectoryEnvironments.on(disk, Fixture.setting(Durability.FULL)));
  }

  private static TreeSnapshot tree(Path root, String name) {
    return TreeSnapshot.of(root.resolve("be/" + name));
  }

  /** Whatever is listed is whole, what is linked exists, and the old environment is untouched. */
  private static void check(Path root) {
    try (DirectoryEnvironments environments =
        DirectoryEnvironments.open(root, Fixture.setting(Durability.NONE))) {
      TreeSnapshot one = tree(root, "one");
      assertThat(one.lines()).hasSize(6);
      assertThat(root.resolve("be/one/usr/twin")).hasContent("tool");
      environments
          .list()
          .forEach(e -> assertThat(one.difference(tree(root, e.name()))).as(e.name()).isEmpty());
      assertThat(environments.current().orElseThrow().name()).isEqualTo("one");
      assertThat(environments.next().orElseThrow().name()).isIn("one", "two");
    }
  }

  private static void clean(Path root, String... names) {
    assertThat(root.resolve("be").toFile().list()).containsExactlyInAnyOrder(names);
    assertThat(root.resolve("info").toFile().list()).containsExactlyInAnyOrder(names);
  }

  @Test
  void aCloneIsThereCompletelyOrNotAtAll() throws Exception {
    int states =
        new CrashTest(scratch, Seed.next())
            .tree(EnvironmentCrashTest::build)
            .action(
                with(
                    e -> {
                      if (e.find("two").isEmpty()) {
                        e.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET);
                      }
                    }))
            .invariant(EnvironmentCrashTest::check)
            .completed(
                root -> {
                  check(root);
                  assertThat(root.resolve("be/two")).isDirectory();
                  assertThat(root.resolve("info/two")).content().contains("origin = one");
                })
            .run();
    assertThat(states).isGreaterThan(200);
  }

  @Test
  void activationIsOneRename() throws Exception {
    new CrashTest(scratch, Seed.next())
        .tree(EnvironmentCrashTest::buildTwo)
        .action(with(e -> e.activate("two")))
        .invariant(EnvironmentCrashTest::check)
        .completed(
            root -> assertThat(Files.readSymbolicLink(root.resolve("next"))).hasToString("be/two"))
        .run();
  }

  @Test
  void aRenameMovesAllOrNothing() throws Exception {
    new CrashTest(scratch, Seed.next())
        .tree(EnvironmentCrashTest::buildTwo)
        .action(
            with(
                e -> {
                  if (e.find("three").isEmpty()) {
                    e.rename("two", "three");
                  }
                }))
        .invariant(
            root -> {
              check(root);
              try (DirectoryEnvironments e =
                  DirectoryEnvironments.open(root, Fixture.setting(Durability.NONE))) {
                assertThat(e.list()).hasSize(2);
                assertThat(e.list()).allSatisfy(one -> assertThat(one.uuid()).startsWith("uuid-"));
              }
            })
        .completed(root -> assertThat(root.resolve("be/three")).isDirectory())
        .run();
  }

  @Test
  void aDestroyedEnvironmentNeverComesBackHalf() throws Exception {
    new CrashTest(scratch, Seed.next())
        .tree(EnvironmentCrashTest::buildTwo)
        .action(
            with(
                e -> {
                  if (e.find("two").isPresent()) {
                    e.destroy("two", false);
                  }
                }))
        .invariant(EnvironmentCrashTest::check)
        .completed(root -> assertThat(root.resolve("be/two")).doesNotExist())
        .run();
  }

  @Test
  void aNewRootIsOneOrIsNot() throws Exception {
    new CrashTest(scratch, Seed.next())
        .action(
            disk -> {
              if (!Files.exists(disk.root().resolve("emblema-environments"))) {
                DirectoryEnvironments.create(disk, "one", Fixture.setting(Durability.FULL));
              }
            })
        .completed(
            root -> {
              clean(root, "one");
              try (DirectoryEnvironments e =
                  DirectoryEnvironments.open(root, Fixture.setting(Durability.NONE))) {
                assertThat(e.current().orElseThrow().activity()).isEqualTo("NR");
                assertThat(List.of(e.current().orElseThrow().uuid())).doesNotContain("");
              }
            })
        .run();
  }
}

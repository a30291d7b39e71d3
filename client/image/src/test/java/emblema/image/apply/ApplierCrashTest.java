package emblema.image.apply;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.FileAction;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.image.plan.Salvage;
import emblema.image.plan.Step;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import emblema.testkit.TreeSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan with every kind of change, cut off at any write: at a random thirty of them, at every one
 * with {@code -Dtests.crashes=100000}.
 */
class ApplierCrashTest {
  @TempDir Path scratch;
  private final Fixture fixture = new Fixture();
  private final SafePath logs = new SafePath("opt/app/logs");
  private final SafePath staging = new SafePath("opt/.migrate/app/logs");
  private final Salvage salvage = new Salvage(List.of(new Salvage.Claim(logs, staging)));

  private void oldImage(Path root) throws Exception {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Fixture.image(root);
    Fixture.write(root.resolve("opt/app/run"), "run 1");
    Fixture.write(root.resolve("opt/app/gone"), "gone");
    Fixture.write(root.resolve("opt/app/logs/app.log"), "log");
    Fixture.write(root.resolve("opt/app/logs/note"), "a note of the user");
    Fixture.write(root.resolve("etc/app.conf"), "edited");
    Fixture.write(root.resolve("etc/drop.conf"), "edited too");
    Fixture.write(root.resolve("in/the/way"), "unpackaged");
  }

  private List<Step> steps() {
    FileAction run1 = fixture.file("opt/app/run", "run 1", "");
    return List.of(
        new Step.RemoveFile(Fixture.OLD, fixture.file("opt/app/gone", "gone", "")),
        new Step.RemoveFile(Fixture.OLD, fixture.file("etc/drop.conf", "default", "preserve=true")),
        new Step.RemoveDirectory(Fixture.OLD, logs, false),
        new Step.PutDirectory(Fixture.NEW, null, Fixture.directory(staging.text(), "")),
        new Step.Recover(Fixture.NEW, logs, staging),
        Fixture.put(null, fixture.file("in/the/way", "packaged", "")),
        Fixture.put(null, fixture.file("new/dir/file", "new", "")),
        new Step.PutLink(Fixture.NEW, null, Fixture.link(logs.text(), "../share/logs")),
        Fixture.put(run1, fixture.file("opt/app/run", "run 2", "")),
        Fixture.put(
            fixture.file("etc/app.conf", "one", "preserve=renamenew"),
            fixture.file("etc/app.conf", "two", "preserve=renamenew")));
  }

  private static TreeSnapshot visible(Path root) {
    return TreeSnapshot.of(root).without(path -> path.startsWith("var/pkg/apply"));
  }

  @Test
  void afterACrashAtAnyWriteTheImageIsAsBeforeOrAsPlanned() throws Exception {
    Path before = Files.createDirectory(scratch.resolve("before"));
    oldImage(before);
    TreeSnapshot old = visible(before);
    Path after = Files.createDirectory(scratch.resolve("after"));
    oldImage(after);
    try (Disk disk = RealDisk.open(after)) {
      fixture.apply(disk, salvage, steps());
    }
    TreeSnapshot planned = visible(after);
    int states =
        new CrashTest(Files.createDirectory(scratch.resolve("crashes")), Seed.next())
            .tree(this::oldImage)
            .action(disk -> fixture.apply(disk, salvage, steps()))
            .invariant(
                root -> {
                  try (Disk disk = RealDisk.open(root)) {
                    WorkArea area = new WorkArea(disk, Fixture.METADATA, Durability.NONE);
                    WorkArea.Found found = area.recover();
                    if (found instanceof WorkArea.Found.Finished) {
                      assertThat(planned.difference(visible(root))).isEmpty();
                      area.discard();
                    } else if (!planned.difference(visible(root)).isEmpty()) {
                      assertThat(old.difference(visible(root))).isEmpty();
                    }
                    assertThat(root.resolve("var/pkg/apply")).doesNotExist();
                  }
                })
            .resume(
                disk -> {
                  if (Files.exists(disk.root().resolve("opt/app/gone"))) {
                    fixture.apply(disk, salvage, steps());
                  }
                })
            .completed(root -> assertThat(planned.difference(visible(root))).isEmpty())
            .atMost(Integer.getInteger("tests.crashes", 30))
            .run();
    assertThat(states).isGreaterThan(50);
  }
}

package emblema.bootenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every backend does; each backend runs it. */
public abstract class BootEnvironmentsContract {
  @TempDir public Path scratch;
  private BootEnvironments environments;
  private Path one;

  /** A fresh system with the environment "one", active now and on the next boot, and empty. */
  protected abstract BootEnvironments create();

  /** Does what a reboot does. */
  protected abstract void reboot(BootEnvironments environments);

  @BeforeEach
  void prepare() throws IOException {
    environments = create();
    one = get("one").root();
    Files.createDirectories(one.resolve("usr/bin"));
    Files.createDirectories(one.resolve("etc"));
    Files.createDirectories(one.resolve("var/pkg"));
    Files.writeString(one.resolve("usr/bin/tool"), "tool");
    Files.writeString(one.resolve("usr/bin/empty"), "");
    Files.writeString(one.resolve("usr/bin/setuid"), "setuid");
    Files.writeString(one.resolve("usr/writable"), "writable");
    Files.writeString(one.resolve("etc/conf"), "conf");
    Files.writeString(one.resolve("var/pkg/state"), "state");
    Files.createSymbolicLink(one.resolve("bin"), Path.of("usr/bin"));
    try (Disk disk = RealDisk.open(one)) {
      disk.link(new SafePath("usr/bin/tool"), new SafePath("usr/bin/twin"));
      disk.setMode(new SafePath("usr/bin/setuid"), 04755);
      disk.setMode(new SafePath("usr/writable"), 0664);
      disk.setMode(new SafePath("var/pkg"), 0700);
      disk.setTimes(new SafePath("usr/bin/tool"), 1_000_000_001L, 1_234_567_890_987_654_321L);
      disk.setTimes(new SafePath("usr"), 1_000_000_001L, 1_000_000_002L);
    }
  }

  @AfterEach
  void close() {
    environments.close();
  }

  private BootEnvironment get(String name) {
    return environments.find(name).orElseThrow();
  }

  private BootEnvironment clone(String source, String name) {
    return environments.clone(new BootEnvironments.Clone(source, name), EventSink.QUIET);
  }

  private static Stat stat(BootEnvironment environment, String path) {
    try (Disk disk = RealDisk.open(environment.root())) {
      return disk.stat(new SafePath(path)).orElseThrow();
    }
  }

  @Test
  void knowsWhichRunsAndWhichIsNext() {
    clone("one", "two");
    assertThat(get("one").activity()).isEqualTo("NR");
    assertThat(get("two").activity()).isEqualTo("-");
    environments.activate("two");
    environments.activate("two");
    assertThat(get("one").activity()).isEqualTo("N");
    assertThat(get("two").activity()).isEqualTo("R");
    reboot(environments);
    assertThat(environments.current().orElseThrow().name()).isEqualTo("two");
    assertThat(get("one").activity()).isEqualTo("-");
    environments.activate("one");
    reboot(environments);
    assertThat(get("one").activity()).isEqualTo("NR");
  }

  @Test
  void aCloneIsEqualInEverything() {
    BootEnvironment two = clone("one", "two");
    assertThat(
            TreeSnapshot.of(one, Detail.TIMES)
                .difference(TreeSnapshot.of(two.root(), Detail.TIMES)))
        .isEmpty();
    assertThat(two.uuid()).isNotEmpty().isNotEqualTo(get("one").uuid());
    assertThat(stat(two, "usr/bin/tool").inode()).isEqualTo(stat(two, "usr/bin/twin").inode());
  }

  @Test
  void writingInPlaceWhatIsEditableChangesOneEnvironmentOnly() throws IOException {
    BootEnvironment two = clone("one", "two");
    for (String path :
        List.of("etc/conf", "var/pkg/state", "usr/writable", "usr/bin/empty", "usr/bin/setuid")) {
      String before = Files.readString(one.resolve(path));
      Files.writeString(two.root().resolve(path), "changed in place");
      assertThat(one.resolve(path)).hasContent(before);
    }
  }

  @Test
  void whatTheCallerCallsEditableIsNeverShared() throws IOException {
    BootEnvironment two =
        environments.clone(
            new BootEnvironments.Clone("one", "two", "", path -> path.name().equals("tool")),
            EventSink.QUIET);
    Files.writeString(two.root().resolve("usr/bin/tool"), "changed in place");
    assertThat(one.resolve("usr/bin/tool")).hasContent("tool");
  }

  @Test
  void breakingALinkMakesTheFileThisEnvironmentsOwn() {
    BootEnvironment two = clone("one", "two");
    try (Disk disk = RealDisk.open(two.root())) {
      SafePath tool = new SafePath("usr/bin/tool");
      assertThat(SharedFiles.isShared(disk.stat(tool).orElseThrow())).isTrue();
      Stat before = disk.stat(tool).orElseThrow();
      SharedFiles.breakLink(disk, tool);
      assertThat(SharedFiles.isShared(disk.stat(tool).orElseThrow())).isFalse();
      assertThat(disk.stat(tool).orElseThrow().mtime()).isEqualTo(before.mtime());
      disk.setMode(tool, 0);
    }
    assertThat(stat(get("one"), "usr/bin/tool").mode()).isEqualTo(0644);
    assertThat(one.resolve("usr/bin/tool")).hasContent("tool");
  }

  @Test
  void tellsHowFarACloneIs() {
    List<Event> events = new ArrayList<>();
    environments.clone(new BootEnvironments.Clone("one", "two"), events::add);
    assertThat(events)
        .first()
        .isEqualTo(new Event.PhaseStarted("copy", "Copying", 13, Event.Unit.ITEMS));
    assertThat(events).last().isEqualTo(new Event.PhaseFinished("copy", 13));
  }

  @Test
  void findsTheEnvironmentOfARoot() throws IOException {
    BootEnvironment two = clone("one", "two");
    Path alias = Files.createSymbolicLink(scratch.resolve("alias"), two.root());
    assertThat(environments.forRoot(two.root()).orElseThrow().name()).isEqualTo("two");
    assertThat(environments.forRoot(alias).orElseThrow().name()).isEqualTo("two");
    assertThat(environments.forRoot(two.root().resolve("usr"))).isEmpty();
    assertThat(environments.forRoot(scratch.resolve("missing"))).isEmpty();
  }

  @Test
  void mountsAndUnmounts() throws IOException {
    clone("one", "two");
    Path place = Files.createDirectory(scratch.resolve("place"));
    assertThat(environments.mount("two", place)).isEqualTo(place);
    assertThat(place.resolve("etc/conf")).hasContent("conf");
    assertThat(get("two").mountPoint()).contains(place);
    assertThat(environments.forRoot(place).orElseThrow().name()).isEqualTo("two");
    assertThatThrownBy(() -> environments.destroy("two", false))
        .isInstanceOf(ConflictException.class)
        .hasMessage("cannot destroy boot environment 'two': it is mounted on '" + place + "'");
    environments.unmount("two");
    environments.unmount("two");
    assertThat(place).isEmptyDirectory();
    assertThat(get("two").mountPoint()).isEmpty();
    environments.mount("two", place);
    environments.destroy("two", true);
    assertThat(place).isEmptyDirectory();
    assertThat(environments.find("two")).isEmpty();
  }

  @Test
  void mountsOnEmptyDirectoriesOnly() throws IOException {
    Path full = Files.createDirectory(scratch.resolve("full"));
    Files.writeString(full.resolve("file"), "");
    assertThatThrownBy(() -> environments.mount("one", full))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("not an empty directory");
    assertThatThrownBy(() -> environments.mount("one", scratch.resolve("none")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void neverDestroysOrRenamesWhatIsActive() {
    clone("one", "two");
    environments.activate("two");
    for (Runnable wrong :
        List.<Runnable>of(
            () -> environments.destroy("one", true), () -> environments.rename("one", "x"))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("it is active now");
    }
    for (Runnable wrong :
        List.<Runnable>of(
            () -> environments.destroy("two", true), () -> environments.rename("two", "x"))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("it is active on the next boot");
    }
  }

  @Test
  void renamesAndDestroys() {
    BootEnvironment two = clone("one", "two");
    environments.rename("two", "three");
    assertThat(environments.find("two")).isEmpty();
    assertThat(get("three").uuid()).isEqualTo(two.uuid());
    TreeSnapshot before = TreeSnapshot.of(one, Detail.TIMES);
    environments.destroy("three", false);
    assertThat(environments.list()).hasSize(1);
    assertThat(before.difference(TreeSnapshot.of(one, Detail.TIMES))).isEmpty();
  }

  @Test
  void refusesNamesThatAreWrongTakenOrUnknown() {
    clone("one", "two");
    assertThatThrownBy(() -> clone("one", "../x")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> clone("one", "two"))
        .isInstanceOf(ConflictException.class)
        .hasMessage("boot environment 'two' exists already");
    assertThatThrownBy(() -> environments.rename("two", "one"))
        .isInstanceOf(ConflictException.class);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> clone("none", "x"),
            () -> environments.rename("none", "x"),
            () -> environments.destroy("none", true),
            () -> environments.activate("none"),
            () -> environments.space("none"),
            () -> environments.unmount("../two"),
            () -> environments.mount("none", scratch))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("does not exist");
    }
    assertThat(environments.list()).hasSize(2);
  }

  @Test
  void keepsOwnersAndDevices() {
    try (Disk disk = RealDisk.open(one)) {
      assumeTrue(disk.isPrivileged(), "needs root");
      disk.setOwner(new SafePath("usr/bin/tool"), 12, 34);
      disk.setOwner(new SafePath("etc/conf"), 56, 78);
      disk.makeNode(new SafePath("null"), Stat.Kind.CHARACTER, 0666, 1L << 32 | 3);
    }
    BootEnvironment two = clone("one", "two");
    assertThat(TreeSnapshot.of(one).difference(TreeSnapshot.of(two.root()))).isEmpty();
  }

  @Test
  void aNewEnvironmentIsSeenOnlyWhenItsBuilderIsDone() {
    environments.create(
        "two",
        "made from nothing",
        root -> {
          assertThat(root).isEmptyDirectory();
          assertThat(environments.find("two")).isEmpty();
          write(root.resolve("file"), "content");
        });
    assertThat(get("two").root().resolve("file")).hasContent("content");
    assertThat(get("two").description()).isEqualTo("made from nothing");
    assertThat(get("two").activity()).isEqualTo("-");
  }

  @Test
  void aCloneIsChangedBeforeItIsSeen() {
    environments.clone(
        new BootEnvironments.Clone("one", "two", "", path -> true),
        root -> {
          assertThat(environments.find("two")).isEmpty();
          write(root.resolve("usr/bin/tool"), "other");
        },
        EventSink.QUIET);
    assertThat(get("two").root().resolve("usr/bin/twin")).hasContent("other");
    assertThat(one.resolve("usr/bin/tool")).hasContent("tool");
  }

  @Test
  void aBuilderThatFailsLeavesNothing() {
    TreeSnapshot before = TreeSnapshot.of(one, Detail.TIMES);
    BootEnvironments.Builder failing =
        root -> {
          write(root.resolve("file"), "content");
          throw new ConflictException("this does not work");
        };
    assertThatThrownBy(() -> environments.create("two", "", failing))
        .hasMessage("this does not work");
    assertThatThrownBy(
            () ->
                environments.clone(
                    new BootEnvironments.Clone("one", "two"), failing, EventSink.QUIET))
        .hasMessage("this does not work");
    assertThat(environments.list()).hasSize(1);
    assertThat(before.difference(TreeSnapshot.of(one, Detail.TIMES))).isEmpty();
    environments.create("two", "", root -> {});
    assertThat(environments.list()).hasSize(2);
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

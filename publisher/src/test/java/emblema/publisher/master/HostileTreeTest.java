package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeCopy;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.publish.PlanPublisher;
import emblema.store.file.FileRepository;
import emblema.testkit.Fault;
import emblema.testkit.RecordingDisk;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees, disks and other processes that do not behave: a clear error, and nothing is lost. */
class HostileTreeTest {
  @TempDir Path directory;
  private Story story;
  private Tree old;
  private Tree now;

  @BeforeEach
  void makeMasters() {
    story = new Story(directory).rules("package base **\n");
    old = story.tree().file("usr/bin/tool", "tool 1").file("usr/lib/data", "data 1");
    story.baseline(old);
    now = story.copy(old).file("usr/lib/data", "data 2").file("usr/lib/more", "more");
  }

  @AfterEach
  void close() {
    story.close();
  }

  private void nothingIsPublished() {
    assertThat(story.version("base")).isEqualTo("1.0-1");
    assertThat(story.version("master/incorporation")).isEqualTo("1.0-1");
  }

  @Test
  void unreadableObjectsAreErrorsThatNameThem() throws IOException {
    assumeFalse(RealDisk.open(directory).isPrivileged(), "root reads everything");
    now.directory("var/secret").mode("var/secret", "---------").mode("usr/lib/more", "---------");

    assertThatThrownBy(() -> story.plan(old, now))
        .satisfies(
            e ->
                assertThat(e.getMessage() + ((EmblemaException) e).detail().orElse(""))
                    .contains("var/secret"));
    now.mode("var/secret", "rwx------");
    assertThatThrownBy(() -> story.plan(old, now)).hasMessageContaining("usr/lib/more");
    nothingIsPublished();
  }

  @Test
  void fifosAndSocketsAreNeverOpened() throws IOException {
    try (Disk disk = RealDisk.open(now.root())) {
      disk.makeNode(SafePath.of("usr/lib/queue"), Stat.Kind.FIFO, 0600, 0);
    }
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path short1 = Files.createTempDirectory("s");
      socket.bind(UnixDomainSocketAddress.of(short1.resolve("s")));
      Files.move(short1.resolve("s"), now.root().resolve("usr/lib/socket"));
      Files.delete(short1);
      Plan plan = story.next(old, now);

      assertThat(plan.findings().notes()).contains("socket 'usr/lib/socket' is left out");
      assertThat(story.at("usr/lib/socket")).isEmpty();
      assertThat(story.at("usr/lib/queue")).isEmpty();
      assertThat(story.at("usr/lib/tmpfiles.d/emblema-base.conf")).isNotEmpty();
    }
  }

  @Test
  void namesThatEndInABackslashAreRefusedBecauseTheyWouldContinueTheLine() {
    now.directory("opt/odd\\");
    assertThatThrownBy(() -> story.plan(old, now))
        .isInstanceOf(ConflictException.class)
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElse(""))
                    .contains("name 'opt/odd\\' contains a backslash"));
  }

  @Test
  void immutableObjectsAreRefusedUnlessLeftOut() throws Exception {
    Path file = now.root().resolve("usr/lib/more");
    assumeTrue(chattr("+i", file), "only root, and not on every file system");
    try {
      assertThatThrownBy(() -> story.plan(old, now))
          .isInstanceOf(ConflictException.class)
          .satisfies(
              e ->
                  assertThat(((EmblemaException) e).detail().orElse(""))
                      .contains("'usr/lib/more' is immutable or append-only"));
      story.exclude("usr/lib/more");
      story.next(old, now);
      assertThat(story.at("usr/lib/more")).isEmpty();
      assertThat(story.at("usr/lib/data")).isNotEmpty();
    } finally {
      chattr("-i", file);
    }
  }

  private static boolean chattr(String flag, Path file) throws Exception {
    try {
      return new ProcessBuilder("chattr", flag, file.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void sparseFilesAreReportedAndDelivered() throws IOException {
    Path file = now.root().resolve("usr/lib/more");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), 4_000_000);
    }
    try (Disk disk = RealDisk.open(now.root())) {
      assumeTrue(
          disk.entries(SafePath.of("usr/lib")).stream()
              .anyMatch(each -> each.stat().allocated() < each.stat().size() / 2));
    }
    assertThat(story.next(old, now).findings().notes())
        .anyMatch(note -> note.startsWith("sparse file 'usr/lib/more' is delivered without its"));
    assertThat(story.at("usr/lib/more")).isNotEmpty();
  }

  @Test
  void aFileThatGrowsWhileTheTreeIsReadStopsTheScan() {
    Path file = now.root().resolve("usr/lib/data");
    story.events(
        during("scan", now, () -> Files.writeString(file, "x", StandardOpenOption.APPEND)));

    assertThatThrownBy(() -> story.plan(old, now))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("usr/lib/data' changed while it was read");
    nothingIsPublished();
  }

  @Test
  void aFileThatVanishesWhileTheTreeIsReadStopsTheScan() {
    Path file = now.root().resolve("usr/lib/data");
    story.events(during("scan", now, () -> Files.delete(file)));

    assertThatThrownBy(() -> story.plan(old, now))
        .isInstanceOf(EmblemaException.class)
        .hasMessageContaining("usr/lib/data");
    nothingIsPublished();
  }

  @Test
  void aFileThatBecomesALinkWhileTheTreeIsReadIsNotFollowed() {
    Path file = now.root().resolve("usr/lib/data");
    story.events(
        during(
            "scan",
            now,
            () -> {
              Files.delete(file);
              Files.createSymbolicLink(file, Path.of("/etc/passwd"));
            }));

    assertThatThrownBy(() -> story.plan(old, now))
        .isInstanceOf(EmblemaException.class)
        .hasMessageContaining("usr/lib/data");
    nothingIsPublished();
  }

  @Test
  void aFileThatShrinksBeforeItIsPublishedStopsThePublication() {
    Plan plan = story.plan(old, now);
    now.file("usr/lib/data", "d");

    assertThatThrownBy(() -> publish(story.repository(), plan))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("usr/lib/data' changed since it was planned");
    nothingIsPublished();
    assertThat(story.next(old, now).published()).isNotEmpty();
  }

  @Test
  void anotherContentOfEqualSizeAndTimeIsFoundByItsHash() throws IOException {
    Path file = now.root().resolve("usr/lib/data");
    Plan plan = story.plan(old, now);
    FileTime time = Files.getLastModifiedTime(file);
    now.file("usr/lib/data", "data X");
    Files.setLastModifiedTime(file, time);

    assertThatThrownBy(() -> publish(story.repository(), plan))
        .isInstanceOf(EmblemaException.class)
        .hasMessageContaining("usr/lib/data");
    nothingIsPublished();
  }

  @Test
  void aFullDiskLosesNothingWhereverItFillsAndTheNextRunPublishes() {
    Plan plan = story.plan(old, now);
    RecordingDisk whole = new RecordingDisk(RealDisk.open(copyOfRepository("count")));
    publish(FileRepository.open(whole), plan);
    assertThat(whole.count()).isGreaterThan(10);
    for (int n = 1; n <= whole.count(); n++) {
      Path copy = copyOfRepository("full-" + n);
      RecordingDisk full = new RecordingDisk(RealDisk.open(copy)).failAt(n, Fault.NO_SPACE);
      boolean failed = false;
      try (FileRepository repository = FileRepository.open(full)) {
        publish(repository, plan);
      } catch (StorageException e) {
        failed = true;
        assertThat(e.getMessage()).contains("no space left on device");
      }
      try (FileRepository repository = FileRepository.open(copy)) {
        long versions = repository.catalog(Story.PUBLISHER).packageVersionCount();
        assertThat(versions).as("after failing at " + n).isIn(2L, 4L);
        if (versions == 2) {
          assertThat(failed).as("a failure at " + n + " is told").isTrue();
          publish(repository, plan);
        }
        assertThat(repository.catalog(Story.PUBLISHER).packageVersionCount()).isEqualTo(4);
      }
    }
  }

  @Test
  void aReadOnlyRepositoryIsSaidToBeSo() throws IOException {
    assumeFalse(RealDisk.open(directory).isPrivileged(), "root writes everywhere");
    Plan plan = story.plan(old, now);
    Path repository = copyOfRepository("readonly");
    try (var all = Files.walk(repository)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        if (Files.isDirectory(each)) {
          Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
      }
    }
    assertThatThrownBy(() -> publish(FileRepository.open(repository), plan))
        .isInstanceOf(EmblemaException.class)
        .hasMessageContaining(repository.toString());
    nothingIsPublished();
  }

  @Test
  void ofTwoPublicationsAtOnceOneIsWholeAndTheOtherIsTold() throws InterruptedException {
    Plan mine = story.plan(old, now);
    Plan theirs = story.plan(old, story.copy(old).file("usr/lib/theirs", "theirs"));
    List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (Plan plan : List.of(mine, theirs)) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (FileRepository own = FileRepository.open(directory.resolve("repo"))) {
                      publish(own, plan);
                    } catch (EmblemaException e) {
                      told.add(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(told).hasSize(1);
    assertThat(story.version("base")).isEqualTo("1.0-2");
    boolean mineWon = !story.at("usr/lib/more").isEmpty();
    assertThat(story.at("usr/lib/theirs").isEmpty()).isEqualTo(mineWon);
    assertThat(story.repository().catalog(Story.PUBLISHER).packageVersionCount()).isEqualTo(4);
  }

  @Test
  void aReleaseThatSomebodyElsePublishedMeanwhileIsNotOverridden() {
    Plan mine = story.later(60).plan(old, now);
    story.later(0).next(old, story.copy(old).file("usr/lib/data", "data of theirs"));

    assertThatThrownBy(() -> publish(story.repository(), mine))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("was published since this release was planned");
    assertThat(story.at("usr/lib/more")).isEmpty();
  }

  private static void publish(FileRepository repository, Plan plan) {
    new PlanPublisher(repository, Story.CLOCK, 1, EventSink.QUIET).publish(plan);
  }

  private Path copyOfRepository(String name) {
    try (Disk disk = RealDisk.open(directory)) {
      TreeCopy.copy(
          disk, SafePath.of("repo"), SafePath.of(name), TreeCopy.Policy.COPY, EventSink.QUIET);
    }
    return directory.resolve(name);
  }

  /** Does something once, when the phase begins for the tree. */
  private static EventSink during(String phase, Tree tree, Tree.Work work) {
    boolean[] done = new boolean[1];
    return event -> {
      boolean begins =
          event instanceof Event.PhaseStarted started
              && started.phase().equals(phase)
              && started.label().contains(tree.root().toString());
      if (begins && !done[0]) {
        done[0] = true;
        try {
          work.run();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    };
  }
}

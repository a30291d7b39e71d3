package emblema.flash.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.FmriPattern;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages as trees: what counts, who owns it, and what is refused. */
class PackageSurfaceTest {
  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void publish() {
    SurfaceRepository repository = new SurfaceRepository(directory.resolve("repo"));
    repository.publish(
        "base@1",
        "file NOHASH path=etc/passwd mode=0644 owner=root group=root",
        "root:x:0:0::/root:/bin/sh\napp:x:700:701::/:/bin/sh\n",
        "file NOHASH path=etc/group mode=0644 owner=root group=root",
        "root:x:0:\napp:x:701:\n",
        "dir path=etc mode=0755 owner=root group=root");
    repository.publish(
        "app@1",
        "depend type=require fmri=pkg:/base@1",
        "dir path=opt/app mode=0750 owner=app group=app",
        "file NOHASH path=opt/app/tool mode=4755 owner=app group=app timestamp=20200102T030405Z",
        "tool one",
        "hardlink path=opt/app/twin target=tool",
        "link path=usr/bin/tool target=../../opt/app/tool mediator=tool mediator-version=1",
        "file NOHASH path=opt/app/sparc mode=0644 owner=root group=root variant.arch=sparc",
        "not here",
        "file NOHASH path=opt/app/debug mode=0644 owner=root group=root facet.debug.app=true",
        "not here either");
    repository.publish(
        "app@2",
        "depend type=require fmri=pkg:/base@1",
        "dir path=opt/app mode=0750 owner=app group=app",
        "file NOHASH path=opt/app/tool mode=4755 owner=app group=app timestamp=20200102T030405Z",
        "tool two",
        "file NOHASH path=opt/app/empty mode=0644 owner=root group=root",
        "");
    repository.publish(
        "other@1",
        "link path=usr/bin/tool target=../lib/other mediator=tool mediator-version=2",
        "dir path=opt/app mode=0750 owner=app group=app");
    repository.publish(
        "thief@1", "file NOHASH path=etc/passwd mode=0644 owner=root group=root", "mine");
  }

  private FileRepository repository() {
    return FileRepository.open(directory.resolve("repo"));
  }

  private Disk surface(FileRepository repository, String... patterns) {
    return PackageSurface.of(
        repository,
        Arrays.stream(patterns).map(FmriPattern::parse).toList(),
        PackageSurface.usual("amd64"),
        true,
        event -> warnings.add(event.toString()));
  }

  private static Stat stat(Disk disk, String path) {
    return disk.stat(SafePath.of(path)).orElseThrow();
  }

  @Test
  void isTheTreeThatThePackagesDeliver() {
    try (FileRepository repository = repository();
        Disk tree = surface(repository, "base", "app@1")) {
      Stat tool = stat(tree, "opt/app/tool");
      assertThat(tool.mode()).isEqualTo(04755);
      assertThat(tool.uid()).isEqualTo(700);
      assertThat(tool.gid()).isEqualTo(701);
      assertThat(tool.mtime()).isEqualTo(1_577_934_245_000_000_000L);
      assertThat(tool.links()).isEqualTo(2);
      assertThat(tree.readBytes(SafePath.of("opt/app/twin"))).asString().isEqualTo("tool one");
      assertThat(tree.readLink(SafePath.of("usr/bin/tool"))).isEqualTo("../../opt/app/tool");
      assertThat(tree.list(SafePath.of("opt/app"))).containsExactly("tool", "twin");
      assertThat(stat(tree, "etc").mtime())
          .as("when it was published")
          .isEqualTo(SurfaceRepository.PUBLISHED.getEpochSecond() * 1_000_000_000L);
    }
  }

  @Test
  void takesTheNewestVersionAndTheBestMediation() {
    try (FileRepository repository = repository();
        Disk tree = surface(repository, "base", "app", "other")) {
      assertThat(tree.readBytes(SafePath.of("opt/app/tool"))).asString().isEqualTo("tool two");
      assertThat(tree.readBytes(SafePath.of("opt/app/empty"))).isEmpty();
      assertThat(tree.readLink(SafePath.of("usr/bin/tool"))).isEqualTo("../lib/other");
    }
  }

  @Test
  void refusesWhatLacksADependency() {
    try (FileRepository repository = repository()) {
      assertThatThrownBy(() -> surface(repository, "app"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("1 dependency is not among the packages");
    }
  }

  @Test
  void refusesTwoPackagesThatDeliverOneFile() {
    try (FileRepository repository = repository()) {
      assertThatThrownBy(() -> surface(repository, "base", "thief"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("both deliver 'etc/passwd'");
    }
  }

  @Test
  void refusesAnUnknownPackageAndAnUnknownOwner() {
    try (FileRepository repository = repository()) {
      assertThatThrownBy(() -> surface(repository, "nothing"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("has no package 'nothing'");
      assertThatThrownBy(() -> surface(repository, "other"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("'app' of 'opt/app' has no number");
    }
  }

  @Test
  void aDamagedPayloadIsAnErrorBeforeItsLastByte() throws IOException {
    SurfaceRepository.damage(directory.resolve("repo"), "tool one", "tool 0ne");
    try (FileRepository repository = repository();
        Disk tree = surface(repository, "base", "app@1")) {
      assertThatThrownBy(
              () -> {
                try (var in = tree.read(SafePath.of("opt/app/tool"))) {
                  in.readNBytes("tool one".length());
                }
              })
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("is damaged");
    }
    assertThat(Files.exists(directory.resolve("repo"))).isTrue();
  }
}

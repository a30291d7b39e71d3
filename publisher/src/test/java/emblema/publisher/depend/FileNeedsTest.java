package emblema.publisher.depend;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.io.RealDisk;
import emblema.core.tree.TreeScan;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNeedsTest {
  @TempDir Path root;

  private FileNeeds needs() {
    RealDisk disk = RealDisk.open(root);
    return new FileNeeds(disk, TreeScan.read(disk, path -> true, EventSink.QUIET));
  }

  private void file(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void elf(String path, ElfMaker elf) throws IOException {
    file(path, elf.bytes());
  }

  private void link(String path, String target) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.createSymbolicLink(root.resolve(path), Path.of(target));
  }

  private void script(String path, String line) throws IOException {
    file(path, (line + "\nexit\n").getBytes(StandardCharsets.UTF_8));
  }

  private List<String> found(String path) {
    return needs().of(path).stream().map(need -> need.name() + "=" + need.found()).toList();
  }

  @Test
  void findsSharedObjectsInTheUsualDirectories() throws IOException {
    elf("usr/lib/x86_64-linux-gnu/libc.so.6", ElfMaker.of());
    elf("usr/lib64/libm.so.6", ElfMaker.of());
    elf("usr/bin/tool", ElfMaker.of("libm.so.6", "libc.so.6", "libgone.so.1"));

    assertThat(found("usr/bin/tool"))
        .containsExactly(
            "libc.so.6=usr/lib/x86_64-linux-gnu/libc.so.6",
            "libgone.so.1=",
            "libm.so.6=usr/lib64/libm.so.6");
  }

  @Test
  void readsTablesFarApartInALargeFile() throws IOException {
    elf("usr/lib/libfar.so", ElfMaker.of());
    elf("usr/bin/tool", ElfMaker.of("libfar.so").runPath("/usr/lib").padding(300_000));

    assertThat(found("usr/bin/tool")).containsExactly("libfar.so=usr/lib/libfar.so");
  }

  @Test
  void theRunPathComesFirstAndKnowsItsOrigin() throws IOException {
    elf("usr/lib/libx.so", ElfMaker.of());
    elf("opt/app/lib/libx.so", ElfMaker.of());
    elf("opt/app/bin/one", ElfMaker.of("libx.so").runPath("/nowhere:$ORIGIN/../lib"));
    elf("opt/app/bin/two", ElfMaker.of("libx.so").oldRunPath("${ORIGIN}/../lib"));
    elf(
        "opt/app/bin/three",
        ElfMaker.of("libx.so").oldRunPath("$ORIGIN/../lib").runPath("relative"));

    assertThat(found("opt/app/bin/one")).containsExactly("libx.so=opt/app/lib/libx.so");
    assertThat(found("opt/app/bin/two")).containsExactly("libx.so=opt/app/lib/libx.so");
    assertThat(found("opt/app/bin/three")).containsExactly("libx.so=usr/lib/libx.so");
  }

  @Test
  void theTreesOwnLoaderConfigurationCounts() throws IOException {
    elf("opt/vendor/lib/libv.so", ElfMaker.of());
    elf("usr/bin/tool", ElfMaker.of("libv.so"));
    file("etc/ld.so.conf", "include ld.so.conf.d/*.conf\n".getBytes(StandardCharsets.UTF_8));
    file("etc/ld.so.conf.d/v.conf", "# ours\n/opt/vendor/lib\n".getBytes(StandardCharsets.UTF_8));

    assertThat(found("usr/bin/tool")).containsExactly("libv.so=opt/vendor/lib/libv.so");
  }

  @Test
  void theOnlyObjectOfThatNameServesFromAnywhere() throws IOException {
    elf("opt/app/lib/libcore.so", ElfMaker.of());
    elf("opt/app/lib/libpart.so", ElfMaker.of("libcore.so"));
    assertThat(found("opt/app/lib/libpart.so"))
        .containsExactly("libcore.so=opt/app/lib/libcore.so");

    elf("opt/other/lib/libcore.so", ElfMaker.of());
    assertThat(found("opt/app/lib/libpart.so")).containsExactly("libcore.so=");
  }

  @Test
  void anObjectOfAnotherMachineDoesNotServe() throws IOException {
    elf("usr/lib/libc.so.6", ElfMaker.of().machine(183));
    elf("usr/bin/tool", ElfMaker.of("libc.so.6"));

    assertThat(found("usr/bin/tool")).containsExactly("libc.so.6=");
  }

  @Test
  void tellsTheLinksOnTheWay() throws IOException {
    elf("usr/lib/libc-2.so", ElfMaker.of());
    link("usr/lib/libc.so.6", "libc-2.so");
    link("lib", "usr/lib");
    elf("usr/bin/tool", ElfMaker.of("libc.so.6").interpreter("/lib/libc.so.6"));

    assertThat(needs().of("usr/bin/tool"))
        .containsExactly(
            new Need("/lib/libc.so.6", "usr/lib/libc-2.so", List.of("lib", "usr/lib/libc.so.6")),
            new Need("libc.so.6", "usr/lib/libc-2.so", List.of("lib", "usr/lib/libc.so.6")));
  }

  @Test
  void scriptsNeedTheirInterpreterAndLookThroughEnv() throws IOException {
    file("usr/bin/perl", "p".getBytes(StandardCharsets.UTF_8));
    file("usr/bin/env", "e".getBytes(StandardCharsets.UTF_8));
    link("bin", "usr/bin");
    script("usr/bin/one", "#! /bin/perl -w");
    script("usr/bin/two", "#!/usr/bin/env -S perl -w");
    script("usr/bin/three", "#!python");

    assertThat(found("usr/bin/one")).containsExactly("/bin/perl=usr/bin/perl");
    assertThat(found("usr/bin/two"))
        .containsExactly("/usr/bin/env=usr/bin/env", "perl=usr/bin/perl");
    assertThat(found("usr/bin/three")).isEmpty();
  }

  @Test
  void theClosureGoesThroughObjectsAndLinks() throws IOException {
    elf("usr/lib/libb.so.1", ElfMaker.of());
    elf("usr/lib/liba.so", ElfMaker.of("libb.so"));
    link("usr/lib/libb.so", "libb.so.1");
    elf("usr/lib/systemd/systemd", ElfMaker.of("liba.so"));
    link("sbin/init", "../usr/lib/systemd/systemd");
    elf("usr/bin/tool", ElfMaker.of("liba.so"));

    assertThat(needs().closure(List.of("sbin/init", "usr/sbin/none")))
        .containsExactly(
            "sbin/init",
            "usr/lib/liba.so",
            "usr/lib/libb.so",
            "usr/lib/libb.so.1",
            "usr/lib/systemd/systemd");
  }

  @Test
  void damagedObjectsNeedNothing() throws IOException {
    Random random = new Random(Seed.next());
    byte[] whole = ElfMaker.of("libc.so.6").interpreter("/lib/ld.so").runPath("/a").bytes();
    for (int i = 0; i < 300; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(5, whole.length + 1));
      for (int k = random.nextInt(4); k > 0; k--) {
        bytes[random.nextInt(4, bytes.length)] = (byte) random.nextInt(256);
      }
      file("usr/bin/f" + i, bytes);
    }
    FileNeeds needs = needs();
    for (int i = 0; i < 300; i++) {
      assertThat(needs.of("usr/bin/f" + i)).isNotNull();
    }
  }
}

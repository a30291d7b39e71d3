package emblema.publisher.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.ActionWriter;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.event.EventSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvrBundleTest {
  private static final String INFORMATION =
      """
      PKG=ACMEtool
      NAME="Acme tool"
      DESC=Does things
      ARCH=i386
      VERSION=1.0,REV=1
      CATEGORY=application
      VENDOR=Acme
      BASEDIR=/opt
      CLASSES=none preserve
      SUNW_PKGTYPE=usr
      """;

  @TempDir Path directory;

  private final Map<String, String> files = new LinkedHashMap<>();

  private static String line(String start, String content) throws IOException {
    PackageMapLine.Sum sum =
        PackageInformation.sum(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    return start + " " + sum.size() + " " + sum.checksum() + " 1000000000\n";
  }

  private String map() throws IOException {
    return ": 1 100\n"
        + "1 d none tool 755 root bin\n"
        + "1 d none /etc/opt ? ? ?\n"
        + line("1 f none tool/run 0555 root bin", "#!/bin/sh\n")
        + line("1 e preserve /etc/opt/tool.conf 0644 root sys", "a=1\n")
        + line("1 e renamenew tool/data=tool/data.new 0644 root sys", "d\n")
        + line("1 v none tool/log 0644 root sys", "")
        + "1 s none tool/again=./run\n"
        + "1 l none tool/hard=tool/run\n"
        + line("1 i pkginfo", INFORMATION)
        + line("1 i copyright", "(c)\n");
  }

  private void sample(String map) {
    files.put("pkginfo", INFORMATION);
    files.put("pkgmap", map);
    files.put("reloc/tool/run", "#!/bin/sh\n");
    files.put("root/etc/opt/tool.conf", "a=1\n");
    files.put("reloc/tool/data.new", "d\n");
    files.put("reloc/tool/log", "");
    files.put("install/copyright", "(c)\n");
  }

  private Path asDirectory() throws IOException {
    Path top = directory.resolve("ACMEtool");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = top.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return top;
  }

  private byte[] datastream(short format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        Arrays.copyOf(
            "# PaCkAgE DaTaStReAm\nACMEtool 1 10\n# end of header\n"
                .getBytes(StandardCharsets.US_ASCII),
            512));
    bytes.writeBytes(cpio(format, List.of("pkginfo", "pkgmap")));
    bytes.writeBytes(cpio(format, List.copyOf(files.keySet())));
    return bytes.toByteArray();
  }

  private byte[] cpio(short format, List<String> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(bytes, format, 512)) {
      for (String name : names) {
        byte[] content = String.valueOf(files.get(name)).getBytes(StandardCharsets.UTF_8);
        CpioArchiveEntry entry = new CpioArchiveEntry(format, "ACMEtool/" + name, content.length);
        entry.setMode(0100644);
        cpio.putArchiveEntry(entry);
        cpio.write(content);
        cpio.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Bundle open(Path source) {
    return Bundles.open(source, BundleOptions.of(directory, EventSink.QUIET));
  }

  private static List<String> lines(Bundle bundle) {
    List<String> lines = new ArrayList<>();
    bundle.forEach(entry -> lines.add(ActionWriter.write(entry.action())));
    return lines;
  }

  private static final List<String> EXPECTED =
      List.of(
          "set name=pkg.summary value=\"Acme tool\"",
          "set name=pkg.description value=\"Does things\"",
          "set name=pkg.send.convert.basedir value=/opt",
          "set name=pkg.send.convert.classes value=\"none preserve\"",
          "legacy arch=i386 category=application desc=\"Does things\" name=\"Acme tool\""
              + " pkg=ACMEtool vendor=Acme version=1.0,REV=1",
          "dir group=bin mode=0755 owner=root path=opt/tool",
          "file reloc/tool/run group=bin mode=0555 owner=root path=opt/tool/run",
          "file root/etc/opt/tool.conf group=sys mode=0644 owner=root path=etc/opt/tool.conf"
              + " preserve=true",
          "file reloc/tool/data.new group=sys mode=0644 owner=root path=opt/tool/data"
              + " preserve=renamenew",
          "file reloc/tool/log group=sys mode=0644 owner=root path=opt/tool/log preserve=true",
          "link path=opt/tool/again target=./run",
          "hardlink path=opt/tool/hard target=run",
          "license install/copyright license=ACMEtool.copyright");

  @Test
  void readsAPackageDirectory() throws IOException {
    sample(map());
    try (Bundle bundle = open(asDirectory())) {
      assertThat(lines(bundle)).containsExactlyElementsOf(EXPECTED);
      assertThat(bundle.problems()).isEmpty();
    }
  }

  @Test
  void readsADatastreamOfEitherCpioForm() throws IOException {
    sample(map());
    for (short format : new short[] {CpioConstants.FORMAT_OLD_ASCII, CpioConstants.FORMAT_NEW}) {
      Path stream = Files.write(directory.resolve("ACMEtool.pkg"), datastream(format));
      try (Bundle bundle = open(stream)) {
        assertThat(lines(bundle)).containsExactlyElementsOf(EXPECTED);
        try (InputStream in = bundle.payload("root/etc/opt/tool.conf").orElseThrow().open()) {
          assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("a=1\n");
        }
      }
    }
  }

  @Test
  void tellsOfScriptsAndClassActions() throws IOException {
    files.put("install/postinstall", "echo\n");
    files.put("reloc/x", "x\n");
    sample(
        map()
            + line("1 i postinstall", "echo\n")
            + line("1 f sed x 0644 root bin", "x\n")
            + "1 p none pipe 0644 root bin\n");
    try (Bundle bundle = open(asDirectory())) {
      assertThat(bundle.problems())
          .containsExactly(
              "the script 'postinstall' is not carried over: no package runs scripts",
              "'x' is of class 'sed', whose action script no package runs",
              "'pipe' is a device or pipe, which a package cannot hold");
    }
  }

  @Test
  void marksHollowPackages() throws IOException {
    sample(map().replaceFirst("(?m)^1 i pkginfo.*$\n", ""));
    files.put("pkginfo", INFORMATION + "SUNW_PKG_HOLLOW=true\n");
    try (Bundle bundle = open(asDirectory())) {
      assertThat(lines(bundle)).allMatch(l -> l.contains("pkg.send.convert.sunw-pkg-hollow=true"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1 f none tool/none 0644 root bin 1 1 1       | the package has no file 'reloc/tool/none'
          1 f none tool/run 0644 root bin 9 999 1      | has 10 bytes with the sum
          1 f none ../../etc/shadow 0644 root bin      | is not allowed
          1 f none /../etc/shadow 0644 root bin        | is not allowed
          1 f none tool/run 0999 root bin              | '0999' is not a mode
          1 f none tool/run                            | not a line of a pkgmap
          1 f none tool/run 0644 root bin x y z        | not a line of a pkgmap
          1 q none tool/run 0644 root bin              | 'q' is no type of an object
          1 l none tool/hard                           | has no target
          1 l none tool/hard=../../../x                | is not allowed
          1                                            | not a line of a pkgmap
          """)
  void namesTheLineOfThePackageMapThatIsWrong(String wrong, String reason) throws IOException {
    sample(": 1 1\n" + wrong + "\n");
    Path source = asDirectory();
    assertThatThrownBy(() -> open(source).close())
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("/pkgmap:2: ")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesSeveralPackagesInOneStream() throws IOException {
    Path stream =
        Files.writeString(
            directory.resolve("two.pkg"),
            "# PaCkAgE DaTaStReAm\nACMEone 1 10\nACMEtwo 1 10\n# end of header\n");
    assertThatThrownBy(() -> open(stream).close())
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("holds 2 packages");
  }

  @Test
  void refusesDamagedStreamsWithoutABug() throws IOException {
    sample(map());
    byte[] good = datastream(CpioConstants.FORMAT_OLD_ASCII);
    for (int cut = 0; cut < good.length; cut += 97) {
      Path stream = Files.write(directory.resolve("cut.pkg"), Arrays.copyOf(good, cut));
      try (Bundle bundle = open(stream)) {
        assertThat(lines(bundle)).containsExactlyElementsOf(EXPECTED);
      } catch (EmblemaException e) {
        assertThat(e).hasMessageContaining("cut.pkg");
      }
    }
    for (int at = 0; at < good.length; at += 31) {
      byte[] bad = good.clone();
      bad[at] ^= 0x13;
      Path stream = Files.write(directory.resolve("bad.pkg"), bad);
      try (Bundle bundle = open(stream)) {
        assertThat(lines(bundle)).isNotEmpty();
      } catch (EmblemaException e) {
        assertThat(e.exitCode()).isEqualTo(1);
      }
    }
  }
}

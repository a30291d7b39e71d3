package emblema.flash.deploy;

import emblema.flash.codec.CpioWriter;
import emblema.flash.codec.Member;
import emblema.flash.tree.Members;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Flash archive that a test makes up, byte by byte, so that it can be as wrong as it likes. */
public final class TestArchive {
  private final Map<String, String> keywords = new LinkedHashMap<>();
  private final Map<String, byte[]> sections = new LinkedHashMap<>();
  private final Members files = new Members();
  private final Map<String, Members> scripts = new LinkedHashMap<>();
  private final List<String> cut = new ArrayList<>();

  public TestArchive() {
    keywords.put("files_archived_method", "cpio");
    keywords.put("creation_date", "20260102030405");
    keywords.put("creation_master", "pumbaa");
    keywords.put("content_name", "test archive");
    keywords.put("files_compressed_method", "none");
    keywords.put("type", "FULL");
  }

  /** A differential archive with this manifest; none: without the section. */
  static TestArchive differential(String... manifest) {
    TestArchive archive = new TestArchive().keyword("type", "DIFFERENTIAL");
    if (manifest.length > 0) {
      archive.section("manifest", "checklist\n" + String.join("\n", manifest) + "\n");
    }
    return archive;
  }

  public TestArchive keyword(String name, String value) {
    keywords.put(name, value);
    return this;
  }

  TestArchive section(String name, String text) {
    sections.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** An executable file in the tree of a section. */
  public TestArchive script(String section, String path, String text) {
    scripts.computeIfAbsent(section, key -> new Members()).file(path, 0755, "#!/bin/sh\n" + text);
    return this;
  }

  /** A plain file in the tree of a section. */
  TestArchive data(String section, String path, String text) {
    scripts.computeIfAbsent(section, key -> new Members()).file(path, 0644, text);
    return this;
  }

  public Members files() {
    return files;
  }

  /** Without its last bytes. */
  TestArchive truncated() {
    cut.add("yes");
    return this;
  }

  public Path write(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(out, "FlAsH-aRcHiVe-2.0");
    line(out, "section_begin=identification");
    keywords.forEach((name, value) -> line(out, name + "=" + value));
    line(out, "section_end=identification");
    for (Map.Entry<String, Members> each : scripts.entrySet()) {
      sections.put(each.getKey(), encoded(each.getKey(), cpio(each.getValue())));
    }
    sections.forEach(
        (name, body) -> {
          line(out, "section_begin=" + name);
          out.writeBytes(body);
          line(out, "section_end=" + name);
        });
    line(out, "section_begin=archive");
    byte[] payload = cpio(files);
    out.write(payload, 0, payload.length - (cut.isEmpty() ? 0 : 300));
    return Files.write(file, out.toByteArray());
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] cpio(Members members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CpioWriter writer = new CpioWriter(out);
    for (Member member = members.next(); member != null; member = members.next()) {
      byte[] content = members.content().readAllBytes();
      writer.begin(member).write(content, 0, content.length);
    }
    writer.finish();
    return out.toByteArray();
  }

  private static byte[] encoded(String section, byte[] bytes) {
    StringBuilder text = new StringBuilder("begin 644 " + section + ".cpio.Z\n");
    for (int at = 0; at < bytes.length; at += 45) {
      int length = Math.min(45, bytes.length - at);
      text.append(character(length));
      for (int i = 0; i < length; i += 3) {
        int three = 0;
        for (int j = 0; j < 3; j++) {
          three = three << 8 | (i + j < length ? bytes[at + i + j] & 0xFF : 0);
        }
        for (int shift = 18; shift >= 0; shift -= 6) {
          text.append(character(three >>> shift & 0x3F));
        }
      }
      text.append('\n');
    }
    return text.append("`\nend\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static char character(int value) {
    return value == 0 ? '`' : (char) (' ' + value);
  }
}

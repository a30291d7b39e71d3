package emblema.flash.archive;

import emblema.flash.codec.CpioWriter;
import emblema.flash.codec.LzwOutputStream;
import emblema.flash.codec.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Archives made by hand, also such as no software would make. */
public final class MadeArchive {
  private final StringBuilder head = new StringBuilder("FlAsH-aRcHiVe-2.0\n");

  private MadeArchive() {}

  /** Begins with an identification of these lines after name and type. */
  public static MadeArchive with(String... lines) {
    MadeArchive made = new MadeArchive();
    made.head.append("section_begin=identification\ncontent_name=made\ntype=FULL\n");
    for (String line : lines) {
      made.head.append(line).append('\n');
    }
    made.head.append("section_end=identification\n");
    return made;
  }

  public MadeArchive section(String name, String body) {
    head.append("section_begin=" + name + "\n" + body + "section_end=" + name + "\n");
    return this;
  }

  /** Everything before the payload. */
  public byte[] head() {
    return (head + "section_begin=archive\n").getBytes(StandardCharsets.UTF_8);
  }

  public byte[] payload(byte[] payload) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head());
    all.writeBytes(payload);
    return all.toByteArray();
  }

  /** A cpio stream of one empty file. */
  public static byte[] cpioOf(String name) {
    return cpioOf(file(name, 0));
  }

  public static byte[] cpioOf(Member... members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CpioWriter writer = new CpioWriter(out);
      for (Member member : members) {
        try (OutputStream content = writer.begin(member)) {
          content.write(new byte[(int) member.size()]);
        }
      }
      writer.finish();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  public static Member file(String name, long size) {
    return new Member(name, Member.Kind.FILE, 0644, 0, 0, size, 0, "", 1, 0, 0, 0);
  }

  public static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream lzw = new LzwOutputStream(out)) {
      lzw.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}

package emblema.publisher.depend;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Small ELF objects with program headers and a dynamic table, without sections. */
public final class ElfMaker {
  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final int WHERE = 0x400000;

  private final List<String> needed = new ArrayList<>();
  private String interpreter = "";
  private String runPath = "";
  private String oldRunPath = "";
  private int machine = 62;
  private int padding;
  private String mark = "";

  public static ElfMaker of(String... needed) {
    ElfMaker maker = new ElfMaker();
    maker.needed.addAll(List.of(needed));
    return maker;
  }

  public ElfMaker interpreter(String path) {
    interpreter = path;
    return this;
  }

  public ElfMaker runPath(String path) {
    runPath = path;
    return this;
  }

  public ElfMaker oldRunPath(String path) {
    oldRunPath = path;
    return this;
  }

  public ElfMaker machine(int number) {
    machine = number;
    return this;
  }

  /** So many bytes between the headers and the texts. */
  public ElfMaker padding(int bytes) {
    padding = bytes;
    return this;
  }

  /** Text that makes this content differ from others; loads nothing. */
  public ElfMaker mark(String text) {
    mark = text;
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    texts.write(0);
    ByteBuffer dynamic = buffer((needed.size() + 4) * 16);
    for (String name : needed) {
      dynamic.putLong(1).putLong(text(texts, name));
    }
    int textsAt = HEADER + 3 * SEGMENT + padding;
    if (!runPath.isEmpty()) {
      dynamic.putLong(29).putLong(text(texts, runPath));
    }
    if (!oldRunPath.isEmpty()) {
      dynamic.putLong(15).putLong(text(texts, oldRunPath));
    }
    dynamic.putLong(5).putLong(WHERE + textsAt);
    dynamic.putLong(0).putLong(0);
    int loaderAt = textsAt + text(texts, interpreter);
    text(texts, mark);
    int dynamicAt = textsAt + texts.size();
    int size = dynamicAt + dynamic.position();
    ByteBuffer file = buffer(size);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 3).putShort((short) machine).putInt(1).putLong(0).putLong(HEADER);
    file.position(54);
    file.putShort((short) SEGMENT).putShort((short) 3);
    file.position(HEADER);
    segment(file, 1, 0, size);
    segment(file, 2, dynamicAt, dynamic.position());
    segment(file, interpreter.isEmpty() ? 0 : 3, loaderAt, interpreter.length() + 1);
    file.position(textsAt);
    file.put(texts.toByteArray()).put(dynamic.array(), 0, dynamic.position());
    return file.array();
  }

  private static void segment(ByteBuffer file, int type, int offset, int size) {
    file.putInt(type).putInt(4).putLong(offset).putLong(WHERE + offset).putLong(0);
    file.putLong(size).putLong(size).putLong(1);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int text(ByteArrayOutputStream texts, String text) {
    int at = texts.size();
    texts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    texts.write(0);
    return at;
  }
}

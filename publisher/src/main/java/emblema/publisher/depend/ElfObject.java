package emblema.publisher.depend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an ELF object asks of the loader, read through its program headers, so that objects without
 * sections have it too. Static programs and relocatable objects ask for nothing; what is damaged is
 * no object.
 *
 * @param wide 64 bits
 * @param machine {@code e_machine}
 * @param interpreter the loader of a program, as it is written, or empty text
 * @param needed names of shared objects in the order of the table
 * @param runPath directories as they are written: {@code DT_RUNPATH}, or else {@code DT_RPATH}
 */
record ElfObject(
    boolean wide, int machine, String interpreter, List<String> needed, List<String> runPath) {
  private static final int LOAD = 1;
  private static final int DYNAMIC = 2;
  private static final int INTERPRETER = 3;
  private static final int MOST_SEGMENTS = 4096;
  private static final int LONGEST_DYNAMIC = 1 << 18;
  private static final int LONGEST_TEXT = 4096;

  ElfObject {
    needed = List.copyOf(needed);
    runPath = List.copyOf(runPath);
  }

  static boolean isElf(byte[] head) {
    return head.length >= 52
        && head[0] == 0x7f
        && head[1] == 'E'
        && head[2] == 'L'
        && head[3] == 'F';
  }

  /** Whether the loader takes the other object for this one: same class, same machine. */
  boolean fits(ElfObject other) {
    return wide == other.wide && machine == other.machine;
  }

  static Optional<ElfObject> read(FileBytes file) throws IOException {
    byte[] head = file.head();
    if (!isElf(head) || head[4] < 1 || head[4] > 2 || head[5] < 1 || head[5] > 2) {
      return Optional.empty();
    }
    boolean wide = head[4] == 2;
    ByteOrder order = head[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return head.length < (wide ? 64 : 52)
        ? Optional.empty()
        : new Reading(file, wide, order).object();
  }

  private record Segment(int type, long offset, long address, long size) {}

  /** One reading of one file. */
  private static final class Reading {
    private final FileBytes file;
    private final boolean wide;
    private final ByteOrder order;
    private final List<Segment> segments = new ArrayList<>();

    Reading(FileBytes file, boolean wide, ByteOrder order) {
      this.file = file;
      this.wide = wide;
      this.order = order;
    }

    Optional<ElfObject> object() throws IOException {
      ByteBuffer header = file.at(0, wide ? 64 : 52, order);
      int machine = header.getShort(18) & 0xffff;
      long table = wide ? header.getLong(32) : header.getInt(28) & 0xffffffffL;
      int size = header.getShort(wide ? 54 : 42) & 0xffff;
      int count = header.getShort(wide ? 56 : 44) & 0xffff;
      if (table != 0 && count > 0 && !readSegments(table, size, count)) {
        return Optional.empty();
      }
      String interpreter = "";
      for (Segment segment : segments) {
        if (segment.type == INTERPRETER) {
          interpreter = text(segment.offset);
        }
      }
      return dynamic(machine, interpreter);
    }

    private boolean readSegments(long table, int size, int count) throws IOException {
      int least = wide ? 56 : 32;
      if (size < least || count > MOST_SEGMENTS || table < 0) {
        return false;
      }
      ByteBuffer all = file.at(table, size * count, order);
      if (all.limit() < size * count) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        int at = i * size;
        segments.add(
            wide
                ? new Segment(
                    all.getInt(at), all.getLong(at + 8), all.getLong(at + 16), all.getLong(at + 32))
                : new Segment(
                    all.getInt(at),
                    all.getInt(at + 4) & 0xffffffffL,
                    all.getInt(at + 8) & 0xffffffffL,
                    all.getInt(at + 16) & 0xffffffffL));
      }
      return true;
    }

    private Optional<ElfObject> dynamic(int machine, String interpreter) throws IOException {
      List<Long> needed = new ArrayList<>();
      long runPath = -1;
      long oldPath = -1;
      long texts = -1;
      for (Segment segment : segments) {
        if (segment.type != DYNAMIC) {
          continue;
        }
        int length = (int) Math.min(Math.max(segment.size, 0), LONGEST_DYNAMIC);
        ByteBuffer entries = file.at(segment.offset, length, order);
        int step = wide ? 16 : 8;
        for (int at = 0; at + step <= entries.limit(); at += step) {
          long tag = wide ? entries.getLong(at) : entries.getInt(at);
          long value = wide ? entries.getLong(at + 8) : entries.getInt(at + 4) & 0xffffffffL;
          if (tag == 0) {
            break;
          } else if (tag == 1) {
            needed.add(value);
          } else if (tag == 5) {
            texts = place(value);
          } else if (tag == 15) {
            oldPath = value;
          } else if (tag == 29) {
            runPath = value;
          }
        }
      }
      if (texts < 0 && !needed.isEmpty()) {
        return Optional.empty();
      }
      List<String> names = new ArrayList<>();
      for (long place : new TreeSet<>(needed)) {
        names.add(text(texts + place));
      }
      long path = runPath >= 0 ? runPath : oldPath;
      List<String> directories =
          path < 0 || texts < 0 ? List.of() : List.of(text(texts + path).split(":"));
      return Optional.of(new ElfObject(wide, machine, interpreter, names, directories));
    }

    /** Where in the file an address is loaded from, or -1. */
    private long place(long address) {
      for (Segment segment : segments) {
        if (segment.type == LOAD
            && address >= segment.address
            && address - segment.address < segment.size) {
          return segment.offset + address - segment.address;
        }
      }
      return -1;
    }

    private String text(long offset) throws IOException {
      if (offset < 0) {
        return "";
      }
      ByteBuffer bytes = file.at(offset, LONGEST_TEXT, order);
      int end = 0;
      while (end < bytes.limit() && bytes.get(end) != 0) {
        end++;
      }
      return new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
    }
  }
}

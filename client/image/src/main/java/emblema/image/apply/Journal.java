package emblema.image.apply;

import emblema.core.error.MalformedException;
import emblema.core.io.Disk;
import emblema.core.io.DiskFailure;
import emblema.core.io.Durability;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The effects that were about to happen, in order; the format is in docs/formats/apply-journal.md.
 * An effect is in the journal, durably, before it happens. A line that was cut off by a crash fails
 * its check sum, and then neither it nor any later one has happened.
 */
final class Journal implements AutoCloseable {
  private final Disk disk;
  private final SafePath file;
  private final Durability durability;
  private final OutputStream out;

  private Journal(Disk disk, SafePath file, Durability durability, OutputStream out) {
    this.disk = disk;
    this.file = file;
    this.durability = durability;
    this.out = out;
  }

  static Journal create(Disk disk, SafePath file, Durability durability) {
    Journal journal = new Journal(disk, file, durability, disk.create(file, 0600));
    durability.sync(disk, file.parent().orElse(SafePath.ROOT));
    return journal;
  }

  /** Makes the intention durable. */
  void intend(Collection<Effect> effects) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(effects.size() * 100);
    for (Effect effect : effects) {
      lines.writeBytes(line(words(effect)));
    }
    append(lines.toByteArray());
  }

  /** From here on the plan counts as carried out; the note is what is left to do. */
  void finish(byte[] note) {
    append(line(List.of("finished", encode(note))));
  }

  private void append(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw DiskFailure.of("write", disk.root().resolve(file.text()), e);
    }
    durability.sync(disk, file);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw DiskFailure.of("write", disk.root().resolve(file.text()), e);
    }
  }

  /**
   * What a journal says.
   *
   * @param finished the note, if the plan was carried out
   */
  record Content(List<Effect> effects, Optional<byte[]> finished) {}

  static Content read(Disk disk, SafePath file) {
    String text = new String(disk.readBytes(file), StandardCharsets.US_ASCII);
    List<Effect> effects = new ArrayList<>();
    Optional<byte[]> finished = Optional.empty();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      String[] words = end < 0 ? null : checked(text.substring(start, end));
      if (words == null) {
        break;
      }
      if (words[0].equals("finished")) {
        finished = Optional.of(decode(words[1]));
      } else {
        effects.add(effect(words, disk.describe(file)));
      }
      start = end + 1;
    }
    return new Content(effects, finished);
  }

  private static List<String> words(Effect effect) {
    return switch (effect) {
      case Effect.Move move -> List.of("move", word(move.from()), word(move.to()));
      case Effect.Replace replace ->
          List.of("replace", word(replace.coming()), word(replace.path()), word(replace.going()));
      case Effect.Describe describe ->
          List.of(
              "describe",
              word(describe.directory()),
              word(describe.before()),
              word(describe.after()));
    };
  }

  private static Effect effect(String[] words, String source) {
    return switch (words[0]) {
      case "move" -> new Effect.Move(path(words[1]), path(words[2]));
      case "replace" -> new Effect.Replace(path(words[1]), path(words[2]), path(words[3]));
      case "describe" ->
          new Effect.Describe(path(words[1]), ownership(words[2]), ownership(words[3]));
      default ->
          throw new MalformedException(
              source + ": unknown effect '" + words[0] + "'",
              "the journal was written by a newer version: use that one to complete the operation");
    };
  }

  private static String word(SafePath path) {
    return encode(OsNames.encode(path.text()));
  }

  private static SafePath path(String word) {
    return new SafePath(OsNames.decode(decode(word)));
  }

  private static String word(Effect.Ownership owner) {
    return Integer.toOctalString(owner.mode()) + ":" + owner.uid() + ":" + owner.gid();
  }

  private static Effect.Ownership ownership(String word) {
    String[] parts = word.split(":", 3);
    return new Effect.Ownership(
        Integer.parseInt(parts[0], 8), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static byte[] line(List<String> words) {
    String text = String.join(" ", words);
    return (checkSum(text) + " " + text + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String @org.jspecify.annotations.Nullable [] checked(String line) {
    int blank = line.indexOf(' ');
    if (blank < 0 || !checkSum(line.substring(blank + 1)).equals(line.substring(0, blank))) {
      return null;
    }
    return line.substring(blank + 1).split(" ", -1);
  }

  private static String checkSum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format("%08x", crc.getValue());
  }

  /** Printable ASCII as it is; blanks, percent signs and all other bytes as {@code %xx}. */
  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 8);
    for (byte b : bytes) {
      if (b > ' ' && b < 0x7f && b != '%') {
        text.append((char) b);
      } else {
        text.append('%').append(Character.forDigit((b >> 4) & 15, 16));
        text.append(Character.forDigit(b & 15, 16));
      }
    }
    return text.toString();
  }

  private static byte[] decode(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(word, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }
}

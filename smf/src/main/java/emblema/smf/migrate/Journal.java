package emblema.smf.migrate;

import emblema.core.error.MalformedException;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an unfinished run is about to do (docs/formats/shared-migration.md).
 *
 * @param stamp when the run began; part of the names of what it moves aside
 * @param environment the boot environment's name
 * @param batch counts from 1 within a run, over its continuations
 */
record Journal(String stamp, String environment, int batch, List<Move> moves) {
  private static final String HEADER = "emblema-migration-journal 1";

  /**
   * @param inode of the object under its new name
   * @param from as the running environment sees it; so is {@code to}
   */
  record Move(long inode, String from, String to) {}

  Journal {
    moves = List.copyOf(moves);
  }

  void write(Disk disk, StateDirectory state) {
    AtomicFile.write(
        disk, state.journal(), 0644, text().getBytes(StandardCharsets.UTF_8), Durability.FULL);
  }

  /** The journal of an interrupted run; a {@code MalformedException} if it is damaged. */
  static Optional<Journal> read(Disk disk, StateDirectory state) {
    SafePath path = state.journal();
    return disk.stat(path).isEmpty()
        ? Optional.empty()
        : Optional.of(
            parse(disk.describe(path), new String(disk.readBytes(path), StandardCharsets.UTF_8)));
  }

  String text() {
    StringBuilder out = new StringBuilder(HEADER + "\n");
    out.append("run\t").append(stamp).append('\t').append(environment).append('\n');
    out.append("batch\t").append(batch).append('\n');
    for (Move move : moves) {
      out.append("move\t").append(move.inode).append('\t').append(PathText.escape(move.from));
      out.append('\t').append(PathText.escape(move.to)).append('\n');
    }
    return out.toString();
  }

  static Journal parse(String source, String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[0].equals(HEADER)) {
      throw new MalformedException(source, 1, 0, "not a migration journal", null);
    }
    String[] run = fields(source, lines, 1, "run", 3);
    int batch = (int) number(source, 3, fields(source, lines, 2, "batch", 2)[1]);
    List<Move> moves = new ArrayList<>();
    for (int i = 3; i < lines.length - 1; i++) {
      String[] f = fields(source, lines, i, "move", 4);
      moves.add(
          new Move(number(source, i + 1, f[1]), PathText.unescape(f[2]), PathText.unescape(f[3])));
    }
    if (!run[1].matches("[0-9]{8}T[0-9]{6}Z") || run[2].contains("/")) {
      throw new MalformedException(source, 2, 0, "not a run", lines[1]);
    }
    return new Journal(run[1], run[2], batch, moves);
  }

  private static String[] fields(String source, String[] lines, int at, String word, int count) {
    String[] fields = lines[at].split("\t", -1);
    if (fields.length != count || !fields[0].equals(word)) {
      throw new MalformedException(source, at + 1, 0, "expected a '" + word + "' line", lines[at]);
    }
    return fields;
  }

  private static long number(String source, int line, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedException(source, line, 0, "expected a number", text);
    }
  }
}

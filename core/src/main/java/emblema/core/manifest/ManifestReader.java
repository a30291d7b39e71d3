package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.SetAction;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.task.Tasks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Manifest text to actions (spec manifest, section 1). All errors of a text are gathered. */
public final class ManifestReader {
  /** More errors than these are counted only; each is kept with an excerpt of its line. */
  private static final int ERRORS_KEPT = 100;

  private static final int LONGEST_REASON = 2000;

  /** Bytes of a text that is worth being read by several threads, and lines of each piece. */
  private static final int LONG_TEXT = 1 << 18;

  private static final int PIECE = 500;

  /** Bytes of a text that one thread reads before others have started. */
  private static final int SHORT_TEXT = 1 << 11;

  /** Lines taken at a time, so that large neighbours are shared out. */
  private static final int FEW = 8;

  private static final String ZONE = "opensolaris.zone";

  private ManifestReader() {}

  /**
   * @param source named in errors, for example the file
   */
  public static Manifest read(String text, String source) {
    List<Action> actions = new ArrayList<>();
    readAll(new StringReader(text), source, actions::add);
    return new Manifest(actions);
  }

  /** As {@link #read(String, String)}, from UTF-8; closes nothing. */
  public static Manifest read(InputStream in, String source) {
    List<Action> actions = new ArrayList<>();
    stream(in, source, actions::add);
    return new Manifest(actions);
  }

  /**
   * As {@link #read(InputStream, String)}, a long text in pieces on several threads.
   *
   * @param parallelism how many pieces may be read at once
   */
  public static Manifest read(byte[] utf8, String source, int parallelism) {
    if (parallelism < 2 || utf8.length < LONG_TEXT) {
      return read(new ByteArrayInputStream(utf8), source);
    }
    List<Line> lines = new ArrayList<>();
    LineScan scan = new LineScan(new ByteArrayInputStream(utf8));
    try {
      for (ManifestLine line = scan.next(); line != null; line = scan.next()) {
        lines.add(new Line(scan.number(), line.text()));
      }
    } catch (MalformedException | IOException e) {
      throw unreadable(e, source, scan.number() + 1);
    }
    List<Callable<Piece>> tasks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += PIECE) {
      List<Line> piece = lines.subList(i, Math.min(i + PIECE, lines.size()));
      tasks.add(() -> Piece.of(piece, source));
    }
    List<Action> actions = new ArrayList<>(lines.size());
    Errors errors = new Errors(source);
    for (Piece piece : Tasks.inParallel(parallelism, tasks)) {
      actions.addAll(piece.actions());
      errors.addAll(piece.errors());
    }
    errors.throwIfAny();
    return new Manifest(actions);
  }

  /** Takes actions of a manifest on several threads at once. */
  public interface Taker {
    /**
     * @param line the number of the action's last physical line, from 1
     */
    void take(int line, Action action);
  }

  /**
   * Hands each action over as it is read, on several threads at once and so in any order; memory is
   * bounded by the text and some lines. Errors in the text are thrown at the end, as by {@link
   * #stream}.
   *
   * @param parallelism how many threads
   */
  public static void inParallel(byte[] utf8, String source, int parallelism, Taker taker) {
    LineScan scan = new LineScan(new ByteArrayInputStream(utf8));
    Errors errors = new Errors(source);
    if (utf8.length < SHORT_TEXT) {
      takeAll(scan, source, taker, errors);
    } else {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        tasks.add(
            () -> {
              takeAll(scan, source, taker, errors);
              return true;
            });
      }
      Tasks.inParallel(parallelism, tasks);
    }
    errors.throwIfAny();
  }

  private static void takeAll(LineScan scan, String source, Taker taker, Errors errors) {
    for (List<Line> lines = some(scan, source); !lines.isEmpty(); lines = some(scan, source)) {
      for (Line line : lines) {
        Action action;
        try {
          action = asManifestHasIt(ActionReader.read(line.text()));
        } catch (MalformedException e) {
          errors.add(e, line.number(), line.text());
          continue;
        }
        taker.take(line.number(), action);
      }
    }
  }

  private static List<Line> some(LineScan scan, String source) {
    List<Line> lines = new ArrayList<>(FEW);
    synchronized (scan) {
      try {
        while (lines.size() < FEW) {
          ManifestLine line = scan.next();
          if (line == null) {
            break;
          }
          lines.add(new Line(scan.number(), line.text()));
        }
      } catch (MalformedException | IOException e) {
        throw unreadable(e, source, scan.number() + 1);
      }
    }
    return lines;
  }

  private record Line(int number, String text) {}

  private record Piece(List<Action> actions, Errors errors) {
    static Piece of(List<Line> lines, String source) {
      Piece piece = new Piece(new ArrayList<>(lines.size()), new Errors(source));
      for (Line line : lines) {
        try {
          piece.actions().add(asManifestHasIt(ActionReader.read(line.text())));
        } catch (MalformedException e) {
          piece.errors().add(e, line.number(), line.text());
        }
      }
      return piece;
    }
  }

  /**
   * Hands each action over as it is read; memory is bounded by the longest line. UTF-8. An error in
   * the text is thrown after all its good lines have been handed over: until this method returns
   * they are not to be trusted.
   */
  public static void stream(InputStream in, String source, Consumer<Action> each) {
    readAll(new InputStreamReader(in, LineScan.decoder()), source, each);
  }

  /**
   * Hands each logical line over without reading it as an action. What is out of order in a line is
   * found by {@link ManifestLine#action}, gathered and thrown as by {@link #stream}; nobody looks
   * at the others.
   */
  public static void lines(InputStream in, String source, Consumer<ManifestLine> each) {
    LineScan lines = new LineScan(in);
    Errors errors = new Errors(source);
    try {
      for (ManifestLine line = lines.next(); line != null; line = lines.next()) {
        try {
          each.accept(line);
        } catch (MalformedException e) {
          errors.add(e, lines.number(), line.text());
        }
      }
    } catch (MalformedException | IOException e) {
      throw unreadable(e, source, lines.number() + 1);
    }
    errors.throwIfAny();
  }

  private static void readAll(Reader reader, String source, Consumer<Action> each) {
    LogicalLines lines = new LogicalLines(reader);
    Errors errors = new Errors(source);
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        Action action;
        try {
          action = asManifestHasIt(ActionReader.read(line));
        } catch (MalformedException e) {
          errors.add(e, lines.line(), line);
          continue;
        }
        each.accept(action);
      }
    } catch (MalformedException | IOException e) {
      throw unreadable(e, source, lines.line() + 1);
    }
    errors.throwIfAny();
  }

  /** The errors of one text, so that they are told together. */
  private static final class Errors {
    private final String source;
    private final List<MalformedException> kept = new ArrayList<>();
    private int count;

    Errors(String source) {
      this.source = source;
    }

    synchronized void add(MalformedException error, int line, String text) {
      count++;
      kept.add(located(error, source, line, text));
      if (kept.size() > 2 * ERRORS_KEPT) {
        shorten();
      }
    }

    private void shorten() {
      kept.sort(Comparator.comparingInt(MalformedException::line));
      kept.subList(Math.min(kept.size(), ERRORS_KEPT), kept.size()).clear();
    }

    void addAll(Errors others) {
      count += others.count;
      kept.addAll(others.kept);
    }

    void throwIfAny() {
      if (count > 0) {
        shorten();
        throw MalformedException.gathered(source, kept, count);
      }
    }
  }

  private static EmblemaException unreadable(Exception cause, String source, int line) {
    return switch (cause) {
      case MalformedException e -> new MalformedException(source, line, 0, e.reason(), null);
      case CharacterCodingException e ->
          new MalformedException(source, line, 0, "the text is not UTF-8", null);
      default ->
          new StorageException(
              "cannot read the manifest '" + source + "'",
              String.valueOf(cause.getMessage()),
              List.of(),
              cause);
    };
  }

  private static MalformedException located(
      MalformedException error, String source, int line, String text) {
    return new MalformedException(
        source, line, error.column(), shortened(error.reason()), error.column() > 0 ? text : null);
  }

  /** Reasons quote the action, which a hostile text makes as long as it likes. */
  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }

  /** Two old spellings are brought up to date (spec manifest, section 3). */
  static Action asManifestHasIt(Action action) {
    Action current = action;
    if (current.attributes().has(ZONE)) {
      String[] zones = current.attributes().all(ZONE).toArray(String[]::new);
      current = current.withAttributes(current.attributes().with("variant." + ZONE, zones));
    }
    if (current instanceof SetAction set && set.name().equals("authority")) {
      current = set.withAttributes(set.attributes().with("name", "publisher"));
    }
    return current;
  }
}

package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.SetAction;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Manifest text to actions (spec manifest, section 1). All errors of a text are gathered. */
public final class ManifestReader {
  /** More errors than these are counted only; each is kept with an excerpt of its line. */
  private static final int ERRORS_KEPT = 100;

  private static final int LONGEST_REASON = 2000;

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

    void add(MalformedException error, int line, String text) {
      count++;
      if (kept.size() < ERRORS_KEPT) {
        kept.add(located(error, source, line, text));
      }
    }

    void throwIfAny() {
      if (count > 0) {
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

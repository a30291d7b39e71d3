package emblema.flash.manifest;

import emblema.core.error.ConflictException;
import emblema.core.io.OsNames;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the lines of a manifest as an original installer reads them; closes nothing. */
public final class ChecklistWriter {
  private static final String CHECKLIST = "checklist";

  private final OutputStream out;
  private boolean isListing;

  public ChecklistWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one line; filters must come first.
   *
   * @throws ConflictException for a name that the format cannot hold
   */
  public void write(Line line) throws IOException {
    boolean isFilter = line instanceof Line.Filter;
    if (isFilter && isListing) {
      throw new IllegalStateException("a filter after the checklist began");
    }
    if (!isFilter) {
      begin();
    }
    put(text(line));
  }

  /** Writes what a manifest without entries needs. */
  public void finish() throws IOException {
    begin();
  }

  private void begin() throws IOException {
    if (!isListing) {
      isListing = true;
      put(CHECKLIST);
    }
  }

  private void put(String line) throws IOException {
    out.write(OsNames.encode(line + "\n"));
  }

  private static String text(Line line) {
    String path = checked(line.path(), line.path());
    return switch (line) {
      case Line.Filter filter -> filter.sign().character() + " " + path;
      case Line.Arriving arriving -> path + "\tN";
      case Line.Kept kept -> path + "\t" + text(kept.state(), path);
      case Line.Leaving leaving -> path + "\tO\t" + text(leaving.state(), path);
      case Line.Listed listed -> "\\d" + path;
    };
  }

  private static String text(ObjectState state, String path) {
    StringBuilder text = new StringBuilder(64);
    Nibbles.append(text, state.mode());
    Nibbles.append(text.append('\t'), state.uid());
    Nibbles.append(text.append('\t'), state.gid());
    text.append('\t');
    if (state.isDirectory()) {
      text.append('d');
    } else if (state.isLink()) {
      text.append("l\t").append(checked(state.target(), path));
    } else {
      Nibbles.append(text, state.mtime());
      text.append('\t');
      if (state.size() == ObjectState.ANY_SIZE) {
        text.append('s');
      } else {
        text.append(state.size());
      }
    }
    return text.toString();
  }

  private static String checked(String name, String path) {
    if (name.indexOf('\t') >= 0 || name.indexOf('\n') >= 0) {
      throw new ConflictException(
          "the manifest cannot hold '" + path.replace("\n", "\\n").replace("\t", "\\t") + "'",
          "the name or the link's target has a tab or a line feed",
          java.util.List.of(
              "rename the object, leave it out with -x, or create the archive without a manifest"
                  + " (-M)"),
          null);
    }
    return name;
  }
}

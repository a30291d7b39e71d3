package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.ActionType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One logical line of a manifest that is looked at without being read as an action: nine of ten
 * lines are only asked whether they are the same in another manifest, or which path they deliver.
 * The object is used again for the next line: nothing may keep it.
 */
public final class ManifestLine {
  /** More attributes than any line but a hostile one has. */
  private static final int MOST = 64;

  private byte[] bytes = {};
  private int from;
  private int to;
  private long hash;
  private boolean isSimple;
  private @Nullable String text;

  /** Words of a plain line after its type: where they begin, have their equals sign, and end. */
  private final int[] starts = new int[MOST];

  private final int[] equals = new int[MOST];
  private final int[] ends = new int[MOST];
  private int words = -1;
  private @Nullable ActionType type;

  ManifestLine() {}

  /**
   * @param isSimple whether there are only visible ASCII characters and spaces, and no quotes
   */
  void set(byte[] bytes, int from, int to, long hash, boolean isSimple, @Nullable String text) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.hash = hash;
    this.isSimple = isSimple;
    this.text = text;
    this.words = -1;
    this.type = null;
  }

  /** A 64-bit hash of the line's text: the same for the same text in any manifest. */
  public long hash() {
    return hash;
  }

  /**
   * The type, if this is a file, directory or symbolic link without quoted values, about which
   * {@link #value} and {@link #mentions} tell the truth; otherwise null, and only {@link #action}
   * tells.
   */
  public @Nullable ActionType plainType() {
    if (words < 0) {
      words = 0;
      type = isSimple ? split() : null;
    }
    return type;
  }

  /** The first value of an attribute of a plain line, or null. */
  public @Nullable String value(String name) {
    for (int i = 0; i < words; i++) {
      if (equals[i] - starts[i] == name.length() && isAt(starts[i], name)) {
        return new String(
            bytes, equals[i] + 1, ends[i] - equals[i] - 1, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  /** Whether a plain line has an attribute whose name begins so. */
  public boolean mentions(String prefix) {
    for (int i = 0; i < words; i++) {
      if (equals[i] - starts[i] >= prefix.length() && isAt(starts[i], prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The line as an action; {@code MalformedException} if it is none. */
  public Action action() {
    return ManifestReader.asManifestHasIt(ActionReader.read(text()));
  }

  String text() {
    String known = text;
    if (known == null) {
      known = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      text = known;
    }
    return known;
  }

  private boolean isAt(int start, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (bytes[start + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable ActionType split() {
    int at = endOfWord(from);
    ActionType found = typeOf(at - from);
    boolean mayHavePayload = found == ActionType.FILE;
    int count = 0;
    while (found != null) {
      while (at < to && bytes[at] == ' ') {
        at++;
      }
      if (at == to) {
        break;
      }
      int start = at;
      int sign = -1;
      for (; at < to && bytes[at] != ' '; at++) {
        if (bytes[at] == '=' && sign < 0) {
          sign = at;
        }
      }
      if (sign < 0 && mayHavePayload) {
        mayHavePayload = false;
        continue;
      }
      mayHavePayload = false;
      if (sign <= start || sign + 1 == at || count == MOST) {
        return null; // Malformed or odd: whoever reads the action finds out.
      }
      starts[count] = start;
      equals[count] = sign;
      ends[count++] = at;
    }
    words = count;
    return found != null && count > 0 ? found : null;
  }

  private int endOfWord(int start) {
    int end = start;
    while (end < to && bytes[end] != ' ') {
      end++;
    }
    return end;
  }

  private @Nullable ActionType typeOf(int length) {
    for (ActionType candidate :
        new ActionType[] {ActionType.FILE, ActionType.DIR, ActionType.LINK}) {
      if (candidate.word().length() == length && isAt(from, candidate.word())) {
        return candidate;
      }
    }
    return null;
  }
}

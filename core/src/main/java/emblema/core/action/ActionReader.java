package emblema.core.action;

import emblema.core.error.MalformedException;

/** Reads one logical line (spec manifest, sections 2 and 3). */
public final class ActionReader {
  private ActionReader() {}

  /** The action that the text describes; {@code MalformedException} with the column otherwise. */
  public static Action read(String text) {
    int end = 0;
    while (end < text.length() && !ActionParser.isSpace(text.charAt(end))) {
      end++;
    }
    if (end == text.length()) {
      throw ActionParser.malformed(text, end, "no attributes");
    }
    String word = text.substring(0, end);
    ActionType type =
        ActionType.ofWord(word)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "unknown action type '" + word + "' in action '" + text + "'"));
    ActionParser parser = new ActionParser(text, end, type);
    parser.parse();
    return ActionRules.make(type, parser.payload(), parser.attributes(), () -> text);
  }
}

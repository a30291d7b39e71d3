package emblema.publisher.transform;

import emblema.core.action.Action;
import emblema.core.error.MalformedException;
import emblema.core.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** What became of a manifest. */
public sealed interface Outcome {

  /**
   * @param printed lines of {@code print}, in order
   */
  record Complete(List<OutputLine> lines, List<String> printed) implements Outcome {
    public Complete {
      lines = List.copyOf(lines);
      printed = List.copyOf(printed);
    }

    /** The actions alone; {@code MalformedException} with file and line where one is none. */
    public Manifest manifest() {
      List<Action> actions = new ArrayList<>();
      for (OutputLine line : lines) {
        if (line instanceof OutputLine.OfAction action) {
          actions.add(checked(action));
        }
      }
      return new Manifest(actions);
    }

    private static Action checked(OutputLine.OfAction line) {
      if (!line.prefix().isEmpty()) {
        throw line.place().error("the macro '" + line.prefix() + "' is not defined", line.text());
      }
      try {
        return line.draft().action();
      } catch (MalformedException e) {
        throw line.place().error("what transforms made of this is wrong: " + e.reason());
      }
    }
  }

  /**
   * A rule said {@code exit} or {@code abort}: nothing may be written.
   *
   * @param message for the user, or empty text
   */
  record Stopped(int status, String message) implements Outcome {}
}

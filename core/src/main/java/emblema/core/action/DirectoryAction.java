package emblema.core.action;

import emblema.core.attribute.Attributes;
import java.util.List;

/** A directory. */
public record DirectoryAction(Attributes attributes) implements Action {
  @Override
  public ActionType type() {
    return ActionType.DIR;
  }

  public String path() {
    return attributes.get("path", "");
  }

  /** Permission bits as a number, 12 bits; the text may be {@code 0755} or {@code 755}. */
  public int mode() {
    return Integer.parseInt(attributes.get("mode", "0"), 8);
  }

  public String owner() {
    return attributes.get("owner", "");
  }

  public String group() {
    return attributes.get("group", "");
  }

  /** Old directories whose salvaged contents move here (spec planner-solver, section 10). */
  public List<String> salvageFrom() {
    return attributes.all("salvage-from");
  }
}

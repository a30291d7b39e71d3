package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an action must fulfil to be published (spec manifest, section 8), in the reference's words,
 * and what we ask beyond it ({@link FaithfulText}).
 */
public final class ActionValidation {
  private static final Set<String> SINGLE_SET_NAMES =
      Set.of(
          "pkg.summary",
          "pkg.description",
          "pkg.obsolete",
          "pkg.renamed",
          "pkg.legacy",
          "pkg.depend.explicit-install");

  private static final String MODE_FORM = "value must be of the form '644', '0644', or '04755'.";

  private ActionValidation() {}

  /**
   * Refuses what must not be published.
   *
   * @param fmri the package, named in the error, or null
   */
  public static void check(Action action, @Nullable Fmri fmri) {
    List<String> problems = new ArrayList<>(problems(action));
    problems.addAll(FaithfulText.problems(action));
    if (!problems.isEmpty()) {
      String where = fmri == null ? "" : " in package '" + fmri + "'";
      throw MalformedException.listing(
          "the action '" + ActionWriter.write(action) + "'" + where + " has invalid attributes",
          problems);
    }
  }

  /** What of an action a line of a manifest cannot say, one text a problem; empty if nothing. */
  public static List<String> unfaithful(Action action) {
    return FaithfulText.problems(action);
  }

  /** What the reference finds wrong, one text a problem; empty if nothing. */
  public static List<String> problems(Action action) {
    List<String> problems = new ArrayList<>();
    checkSingle(action, problems);
    checkNumeric(action, problems);
    checkRequired(action, problems);
    switch (action) {
      case FileAction file -> {
        checkMode(file.attributes(), problems);
        PreserveVersion.check(file.attributes(), problems);
      }
      case DirectoryAction directory -> checkMode(directory.attributes(), problems);
      case LinkAction link -> MediatorRules.check(link.attributes(), problems);
      case HardLinkAction link -> MediatorRules.check(link.attributes(), problems);
      case DependAction depend -> DependRules.check(depend, problems);
      case SetAction set -> checkAdditional(set, problems);
      case GroupAction _, UserAction _, DriverAction _, LicenseAction _ -> {}
      case LegacyAction _, SignatureAction _ -> {}
      case UnknownAction _ -> problems.add("invalid action for publication");
    }
    return problems;
  }

  private static void checkSingle(Action action, List<String> problems) {
    Attributes attributes = action.attributes();
    for (String name : attributes.names()) {
      if (attributes.count(name) > 1 && isSingle(action, name)) {
        problems.add(name + " may only be specified once");
      }
    }
  }

  private static boolean isSingle(Action action, String name) {
    if (name.startsWith("facet.") || name.equals("reboot-needed")) {
      return true;
    }
    return switch (action) {
      case SetAction set -> name.equals("value") && SINGLE_SET_NAMES.contains(set.name());
      case DependAction depend when name.equals("fmri") ->
          depend.kind().filter(DependencyType::isMulti).isEmpty();
      case FileAction _, DirectoryAction _ when name.equals("owner") || name.equals("group") ->
          true;
      default -> AttributeRules.of(action.type()).single().contains(name);
    };
  }

  private static void checkNumeric(Action action, List<String> problems) {
    for (String name : AttributeRules.of(action.type()).numeric()) {
      for (String value : action.attributes().all(name)) {
        if (!isInteger(value.strip())) {
          problems.add(name + " must be an integer");
          break;
        }
      }
    }
  }

  private static boolean isInteger(String text) {
    int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > start;
  }

  private static void checkRequired(Action action, List<String> problems) {
    for (String name : AttributeRules.of(action.type()).required()) {
      if (action.attributes().all(name).stream().allMatch(String::isBlank)) {
        problems.add(name + " is required");
      }
    }
  }

  private static void checkMode(Attributes attributes, List<String> problems) {
    String mode = attributes.get("mode", "");
    if (mode.isEmpty()) {
      problems.add("mode is required; " + MODE_FORM);
    } else if (attributes.count("mode") > 1) {
      problems.add("mode may only be specified once");
    } else if (!isMode(mode)) {
      problems.add("'" + mode + "' is not a valid mode; " + MODE_FORM);
    }
  }

  /** Three to five characters, five only after a zero; {@code 0o644} is an old spelling. */
  private static boolean isMode(String mode) {
    String digits = mode.startsWith("0o") ? mode.substring(2) : mode;
    return mode.length() >= 3
        && mode.length() <= 5
        && (mode.length() < 5 || mode.charAt(0) == '0')
        && digits.matches("[0-7]+");
  }

  private static void checkAdditional(SetAction set, List<String> problems) {
    if (!set.name().startsWith("pkg.additional-")) {
      return;
    }
    for (String value : set.values()) {
      DependRules.illegal(value).ifPresent(problems::add);
    }
  }
}

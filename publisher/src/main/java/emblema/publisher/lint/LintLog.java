package emblema.publisher.lint;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes findings: leaves out what is marked as intended, excluded, or not asked for. */
final class LintLog {
  private static final String MARK = "pkg.linted";

  private final LintSettings settings;
  private final Consumer<Finding> findings;
  private Level worst = Level.DEBUG;

  LintLog(LintSettings settings, Consumer<Finding> findings) {
    this.settings = settings;
    this.findings = findings;
  }

  /** The worst level told so far. */
  Level worst() {
    return worst;
  }

  /** A finding about a whole package. */
  void tell(Level level, String id, String text, LintedPackage about) {
    tell(level, id, text, about, null);
  }

  /**
   * A finding about an action.
   *
   * @param action null for the package itself
   */
  void tell(Level level, String id, String text, LintedPackage about, @Nullable Action action) {
    if (settings.isExcluded(id)) {
      return;
    }
    boolean marked = action != null && isMarked(action.attributes(), id) || isMarked(about, id);
    if (marked) {
      emit(new Finding(Level.INFO, "pkglint001.5", "Linted message: " + id + "  " + text));
    } else {
      emit(new Finding(level, id, text));
    }
  }

  private void emit(Finding finding) {
    if (finding.level().compareTo(settings.least()) >= 0) {
      findings.accept(finding);
    }
    if (finding.level().compareTo(worst) > 0) {
      worst = finding.level();
    }
  }

  private static boolean isMarked(LintedPackage about, String id) {
    Attributes.Builder marks = Attributes.builder();
    Set<String> seen = new java.util.HashSet<>();
    about
        .manifest()
        .actions(emblema.core.action.SetAction.class)
        .filter(set -> set.name().startsWith(MARK) && seen.add(set.name()))
        .forEach(set -> marks.add(set.name(), set.value()));
    return isMarked(marks.build(), id);
  }

  /** A mark names the start of the check's name, or no check at all. */
  private static boolean isMarked(Attributes attributes, String id) {
    String whole = MARK + "." + id;
    for (String name : attributes.names()) {
      if (name.equals(MARK) || name.startsWith(MARK + ".") && whole.startsWith(name)) {
        if (attributes.count(name) == 1
            && attributes.get(name, "").toLowerCase(Locale.ROOT).equals("true")) {
          return true;
        }
      }
    }
    return false;
  }
}

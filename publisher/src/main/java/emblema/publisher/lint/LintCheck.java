package emblema.publisher.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * A check, as {@code pkglint -L} lists it.
 *
 * @param id without the number of the case
 */
public record LintCheck(String id, String description) {
  private static final String[] ALL = {
    "opensolaris.manifest001", "Standard package attributes should be present.",
    "opensolaris.manifest005", "org.opensolaris.consolidation shouldn't have multiple values.",
    "pkglint.action001", "Underscores are discouraged in action attributes.",
    "pkglint.action002", "Paths should not have unusual permissions.",
    "pkglint.action003", "'legacy' actions should have valid attributes.",
    "pkglint.action004", "'unknown' actions should never occur.",
    "pkglint.action005", "Packages should not have dependencies on obsolete packages.",
    "pkglint.action006", "pkg(7) FMRIs should be valid.",
    "pkglint.action007", "'license' actions should not have paths.",
    "pkglint.action008", "Show actions with pkg.linted attributes.",
    "pkglint.action009", "Publication checks for actions.",
    "pkglint.action010", "User names should be valid.",
    "pkglint.action011", "'incorporate' dependencies should have a version.",
    "pkglint.action012", "facet value should be set to a valid value in an action attribute",
    "pkglint.dupaction001", "Paths should be unique.",
    "pkglint.dupaction002", "Driver names should be unique.",
    "pkglint.dupaction003", "User names should be unique.",
    "pkglint.dupaction004", "UIDs should be unique.",
    "pkglint.dupaction005", "Group names should be unique.",
    "pkglint.dupaction006", "GIDs should be unique.",
    "pkglint.dupaction007", "Duplicated reference counted actions should have the same attrs.",
    "pkglint.dupaction008", "Paths should be delivered by one action type only.",
    "pkglint.dupaction009", "Overlaying actions should be valid.",
    "pkglint.dupaction010", "Mediated-links should be valid.",
    "pkglint.dupaction011", "Parent paths should be directories.",
    "pkglint.dupaction015", "Legacy package names should be unique.",
    "pkglint.manifest001", "Obsolete packages should have valid contents.",
    "pkglint.manifest002", "Renamed packages should have valid contents.",
    "pkglint.manifest003", "Variants used by packages should be valid.",
    "pkglint.manifest004", "Packages are encouraged to use unique leaf names.",
    "pkglint.manifest005", "Packages should not have duplicate 'depend' actions.",
    "pkglint.manifest006", "Packages should not have duplicate 'set' actions.",
    "pkglint.manifest008", "info.classification attribute should be valid.",
    "pkglint.manifest009", "A package's description should not match its summary.",
    "pkglint.manifest010", "Standard package attributes should be present.",
    "pkglint.manifest011",
        "Packages delivering SMF services should have org.opensolaris.smf.fmri attributes.",
    "pkglint.manifest016", "Packages should not have duplicate 'license' actions.",
  };

  /** All there are, sorted by name. */
  public static List<LintCheck> all() {
    List<LintCheck> all = new ArrayList<>();
    for (int i = 0; i < ALL.length; i += 2) {
      all.add(new LintCheck(ALL[i], ALL[i + 1]));
    }
    return List.copyOf(all);
  }
}

package emblema.publisher.master.plan;

import emblema.core.tree.TreeEntry;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.split.PackageHints;
import java.util.List;
import java.util.Optional;

/**
 * Which files machines may edit, and the {@code preserve} value of each (spec master-image-diff,
 * section 7.1): rule, what was published, the package database in the tree, {@code etc/**}.
 */
final class EditableFiles {
  private static final String DEFAULT = "renamenew";

  private final Rules rules;
  private final Ledger ledger;
  private final PackageHints database;

  EditableFiles(Rules rules, Ledger ledger, PackageHints database) {
    this.rules = rules;
    this.ledger = ledger;
    this.database = database;
  }

  /** The value, or nothing for a plain file. */
  Optional<String> preserve(TreeEntry file) {
    String path = file.path();
    Optional<Rule.Editable> rule = rules.editable(path);
    if (rule.isPresent()) {
      return Optional.ofNullable(rule.get().preserve());
    }
    if (ledger.ownerOf(path).isPresent() && !ledger.isAbandoned(path)) {
      return ledger.sticky(path, "preserve").stream().findFirst();
    }
    boolean editable = database.isEditable(path) || isDefault(file);
    return editable ? Optional.of(DEFAULT) : Optional.empty();
  }

  private static boolean isDefault(TreeEntry file) {
    return file.path().startsWith("etc/")
        && (file.mode() & 0111) == 0
        && !file.path().contains(".d/");
  }

  /** A file that was preserved and is not any more, or the other way round, is a risk. */
  void report(TreeEntry file, Findings findings) {
    String path = file.path();
    if (ledger.ownerOf(path).isEmpty() || ledger.isAbandoned(path)) {
      return;
    }
    List<String> before = ledger.sticky(path, "preserve");
    Optional<String> now = preserve(file);
    if (before.isEmpty() != now.isEmpty()) {
      findings.risk(
          "'" + path + "' " + (now.isPresent() ? "becomes" : "is no longer") + " editable");
    }
  }
}

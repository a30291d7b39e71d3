package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.error.UsageException;
import emblema.core.io.SafePath;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDiff;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.cosmetic.CosmeticFilter;
import emblema.publisher.master.report.ChangeText;
import emblema.publisher.master.select.MasterTree;
import java.util.List;

/** {@code pkgmaster diff}: what two master trees differ in, whatever was published. */
final class DiffCommand implements Command {
  private static final int DIFFERENT = 10;

  @Override
  public Syntax syntax() {
    return MasterOptions.addComparison(
        MasterOptions.addTo(
            Syntax.of("tell what two master trees differ in")
                .value("-A", "tree", "the old master tree or archive, or 'be:NAME'")
                .value(
                    "-R",
                    "tree",
                    "the new master tree, or a Flash archive; a differential one changes the tree"
                        + " of -A")
                .choice(
                    "--format",
                    "format",
                    List.of("text", "json", "tsv"),
                    "how the result is written")));
  }

  private static CosmeticFilter.Contents content(MasterTree tree) {
    return (index, i) -> tree.disk().readBytes(SafePath.of(index.entry(i).path()));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    MasterOptions options = new MasterOptions(arguments, session);
    MasterOptions.Pair pair = options.pair(false);
    MasterTree old = pair.old();
    if (old == null) {
      throw new UsageException("'diff' compares two trees: '-A' must name one");
    }
    TreeIndex now =
        new CosmeticFilter(options.comparison(), content(old), content(pair.now()))
            .apply(old.delivered(), pair.now().delivered());
    List<TreeChange> changes = TreeDiff.between(old.delivered(), now);
    boolean touched = arguments.has("-v");
    Table table = Table.of("CHANGE", "PATH", "DETAILS");
    for (TreeChange change : changes) {
      if (touched || change.matters()) {
        table.row(change.kind().word(), change.path(), ChangeText.details(change));
      }
    }
    if (!arguments.has("-q")) {
      Table.Format format =
          switch (arguments.value("--format", "text")) {
            case "json" -> Table.Format.JSON_FORMATTED;
            case "tsv" -> Table.Format.TSV;
            default -> Table.Format.TEXT;
          };
      table.print(session.out(), format, true);
    }
    return changes.stream().anyMatch(TreeChange::matters) ? DIFFERENT : 0;
  }
}

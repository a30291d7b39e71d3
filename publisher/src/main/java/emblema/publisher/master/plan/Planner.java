package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.NothingToDoException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.Disk;
import emblema.core.tree.LinkGroups;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDiff;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.depend.FileNeeds;
import emblema.publisher.master.account.AccountFiles;
import emblema.publisher.master.account.AccountPlan;
import emblema.publisher.master.change.TransitionFinder;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.cosmetic.CosmeticFilter;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.ImageFacts;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.ledger.LedgerReader;
import emblema.publisher.master.need.PackageNeeds;
import emblema.publisher.master.need.RebootClosure;
import emblema.publisher.master.select.MasterTree;
import emblema.publisher.master.service.ServiceActuators;
import emblema.publisher.master.split.Assignment;
import emblema.publisher.master.split.ImageDatabase;
import emblema.publisher.master.split.PackageHints;
import emblema.publisher.master.split.Splitter;
import emblema.store.origin.Origin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a release from three states (spec master-image-diff, sections 1 and 16): what was
 * published, the old tree as evidence, the new tree as goal. Pure but for reading the repository.
 */
public final class Planner {
  private final Origin repository;
  private final List<Origin> references;
  private final PlanRequest request;
  private final Findings findings = new Findings();
  private final Map<Path, ImageDatabase> images = new HashMap<>();

  /**
   * @param references repositories whose packages share machines with ours, for checks only
   */
  public Planner(Origin repository, List<Origin> references, PlanRequest request) {
    this.repository = repository;
    this.references = List.copyOf(references);
    this.request = request;
  }

  /** The first release of a tree; conflict if there was one. */
  public Plan baseline(MasterTree now) {
    Ledger head = LedgerReader.head(repository, request.publisher(), request.incorporation());
    if (!head.isEmpty()) {
      throw new ConflictException(
          "'" + head.incorporation() + "' is already published",
          "publish the next release with: pkgmaster publish -A OLD -R NEW --release N");
    }
    return plan(head, "", checked(now));
  }

  /**
   * The next release.
   *
   * @param old the tree of the last release, or nothing: then only what was published counts
   */
  public Plan next(Optional<MasterTree> old, MasterTree now) {
    Ledger head = LedgerReader.head(repository, request.publisher(), request.incorporation());
    if (head.isEmpty()) {
      throw new ConflictException(
          "'" + request.incorporation() + "' was never published by '" + request.publisher() + "'",
          "publish the old tree first: pkgmaster baseline -R OLD --release N");
    }
    String published = head.fact(ImageFacts.TREE);
    String oldDigest = old.map(MasterTree::digest).orElse(published);
    boolean sameOld = oldDigest.equals(published);
    if (sameOld
        && now.digest().equals(published)
        && head.fact(ImageFacts.RULES).equals(request.fingerprint())) {
      throw nothing();
    }
    checkNewer(head);
    Ledger ledger =
        LedgerReader.read(
            repository, request.publisher(), request.incorporation(), now.delivered());
    old.ifPresent(
        tree ->
            DriftCheck.check(
                selected(ledger),
                compared(ledger, ours(tree)),
                request.rules(),
                sameOld,
                request.choices().rebase()));
    return plan(ledger, oldDigest, compared(ledger, checked(now)));
  }

  private NothingToDoException nothing() {
    return new NothingToDoException(
        "nothing to publish: the new tree is what '" + request.publisher() + "' published last");
  }

  private void checkNewer(Ledger head) {
    Fmri before = head.incorporation();
    Version next = request.release().version();
    if (before != null
        && next.withoutTimestamp().compareTo(before.requireVersion().withoutTimestamp()) <= 0) {
      throw new ConflictException(
          "release '"
              + next.toShortString()
              + "' is not newer than '"
              + before.requireVersion().toShortString()
              + "'",
          "raise --release, or add --respin");
    }
  }

  /** What was published from objects of a tree that are selected now. */
  private TreeIndex selected(Ledger ledger) {
    TreeIndex published = ledger.tree();
    return request
        .selection()
        .apply(published.filter(i -> !ledger.isGenerated(published.entry(i).path())));
  }

  private ForeignObjects foreign(MasterTree tree) {
    return new ForeignObjects(image(tree.disk()), request);
  }

  /** The image that a tree is, read once. */
  private ImageDatabase image(Disk tree) {
    return images.computeIfAbsent(tree.root(), root -> ImageDatabase.read(tree));
  }

  private MasterTree ours(MasterTree tree) {
    return tree.delivering(foreign(tree).without(tree.delivered()));
  }

  private MasterTree checked(MasterTree tree) {
    ForeignObjects foreign = foreign(tree);
    foreign.check(tree.delivered(), findings);
    return tree.delivering(foreign.without(tree.delivered()));
  }

  /** The tree with published contents where only what does not matter differs. */
  private MasterTree compared(Ledger ledger, MasterTree tree) {
    PublishedContent contents = new PublishedContent(repository, request.publisher(), tree.disk());
    TreeIndex delivered =
        new CosmeticFilter(
                request.choices().comparison(),
                (index, i) -> contents.published(index.hash(i).sha1()),
                (index, i) -> contents.current(index.entry(i)))
            .apply(selected(ledger), tree.delivered());
    return delivered.equals(tree.delivered()) ? tree : tree.delivering(delivered);
  }

  private Plan plan(Ledger ledger, String oldDigest, MasterTree now) {
    TreeIndex tree = now.delivered();
    ReportedObjects.reportOddities(now, findings);
    checkNames(tree);
    TreeIndex before = selected(ledger);
    List<TreeChange> changes =
        TreeDiff.between(before, tree.filter(i -> !SpecialObjects.isSpecial(tree.entry(i))));
    Transitions transitions =
        new TransitionFinder(
                ledger,
                before,
                tree,
                request.rules(),
                request.selection(),
                request.choices().acceptSuggestions(),
                request.choices().floor(),
                new PublishedContent(repository, request.publisher(), now.disk()),
                findings)
            .find();
    LinkGroups links = LinkGroups.of(tree, ledger::isLeader);
    PackageHints database = PackageHints.read(now.disk(), now.all(), findings);
    Assignment assignment = assign(tree, links, ledger, database, transitions, now.disk());
    GeneratedFiles generated = new GeneratedFiles();
    AccountFiles accounts = AccountFiles.read(now.disk());
    List<Action> accountActions =
        new AccountPlan(
                BaseAccounts.read(repository, ledger),
                accounts,
                ledger,
                request.rules(),
                request.choices().allowIdDrift(),
                findings)
            .actions();
    Brakes.check(changes, before.size(), transitions, request.choices(), findings);
    ForeignObjects foreign = foreign(now);
    FileNeeds files = new FileNeeds(now.disk(), now.all());
    PackageBuilder builder =
        new PackageBuilder(
            request,
            ledger,
            tree,
            links,
            assignment,
            transitions,
            database,
            generated,
            RebootClosure.of(now.disk(), now.all(), files),
            PackageNeeds.of(
                files,
                tree,
                path -> assignment.stemOf(path).or(() -> foreign.ownerOf(path).map(Fmri::stem)),
                findings),
            new Actuation(
                request.choices().actuators() == Choices.Actuators.OFF
                    ? ServiceActuators.NONE
                    : ServiceActuators.of(now.disk(), now.all(), files, findings),
                ledger,
                changes,
                request.choices().actuators()),
            findings);
    builder.addAccounts(accounts, now.all(), accountActions);
    List<PlannedPackage> packages = builder.build(oldDigest, now.digest());
    ReportedObjects.report(now, request.selection(), assignment, findings);
    new ForeignCheck(repository, references, request, ledger, findings)
        .check(transitions, packages);
    findings.check();
    if (packages.stream().noneMatch(PlannedPackage::isPublished)) {
      throw nothing();
    }
    return new Plan(
        request,
        ledger,
        now,
        oldDigest,
        packages,
        changes,
        assignment,
        transitions,
        findings,
        generated);
  }

  private Assignment assign(
      TreeIndex tree,
      LinkGroups links,
      Ledger ledger,
      PackageHints database,
      Transitions transitions,
      Disk disk) {
    if (!request.choices().single().isEmpty()) {
      return Splitter.single(tree, request.choices().single());
    }
    return new Splitter(
            tree,
            links,
            request.rules(),
            ledger,
            database,
            new HashSet<>(request.selection().sharedRoots()),
            transitions,
            request.choices().resplit(),
            image(disk),
            findings)
        .assign();
  }

  private void checkNames(TreeIndex tree) {
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      DeliverableName.problem(entry.path())
          .ifPresent(
              why ->
                  findings.error(
                      "name '"
                          + DeliverableName.shown(entry.path())
                          + "' "
                          + why
                          + ": rename or exclude it"));
      DeliverableName.problem(entry.target())
          .ifPresent(
              why ->
                  findings.error(
                      "target of link '" + DeliverableName.shown(entry.path()) + "' " + why));
    }
    findings.check();
  }
}

package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.DirectoryAction;
import emblema.core.attribute.Attributes;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.tree.LinkGroups;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.account.AccountFiles;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.CanonicalActions;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.ledger.PublishedPackage;
import emblema.publisher.master.need.PackageNeeds;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.split.Assignment;
import emblema.publisher.master.split.PackageHints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Puts the packages of a release together and tells which of them changed. */
final class PackageBuilder {
  private static final String ACCOUNTS = "system/accounts";

  private final PlanRequest request;
  private final Ledger ledger;
  private final TreeIndex tree;
  private final Assignment assignment;
  private final Transitions transitions;
  private final GeneratedFiles generated;
  private final Findings findings;
  private final ActionMaker maker;
  private final PackageNeeds needs;
  private final EditableFiles editable;
  private final PackageMetadata metadata;
  private final Transforms transforms;
  private final TreeMap<String, Draft> drafts = new TreeMap<>();

  /** Vanished packages to their successors. */
  private final TreeMap<String, List<String>> markers = new TreeMap<>();

  PackageBuilder(
      PlanRequest request,
      Ledger ledger,
      TreeIndex tree,
      LinkGroups links,
      Assignment assignment,
      Transitions transitions,
      PackageHints database,
      GeneratedFiles generated,
      Set<String> starting,
      PackageNeeds needs,
      Actuation actuation,
      Findings findings) {
    this.request = request;
    this.ledger = ledger;
    this.tree = tree;
    this.assignment = assignment;
    this.transitions = transitions;
    this.generated = generated;
    this.findings = findings;
    this.editable = new EditableFiles(request.rules(), ledger, database);
    this.maker =
        new ActionMaker(
            tree,
            links,
            transitions,
            editable,
            request.rules(),
            request.choices(),
            starting,
            actuation);
    actuation.suggest(maker::needsReboot, findings);
    this.needs = needs;
    this.metadata = new PackageMetadata(request.rules(), database, request.family());
    this.transforms = new Transforms(request.rules().transforms(), request.publisher(), findings);
    assignment
        .byPackage()
        .forEach(
            (stem, positions) ->
                drafts.put(
                    stem,
                    new Draft(
                        stem,
                        positions.stream()
                            .filter(i -> !SpecialObjects.isSpecial(tree.entry(i)))
                            .toList())));
  }

  private Draft draft(String stem) {
    return drafts.computeIfAbsent(stem, name -> new Draft(name, List.of()));
  }

  /** Account files as published before, or new base files; and what differs from them. */
  void addAccounts(AccountFiles now, TreeIndex all, List<Action> actions) {
    String home =
        request.choices().single().isEmpty()
            ? request
                .rules()
                .assignment("etc/passwd")
                .map(Rule.Assign::name)
                .or(() -> ledger.ownerOf("etc/passwd"))
                .orElse(ACCOUNTS)
            : request.choices().single();
    for (String path : Ledger.ACCOUNT_FILES) {
      if (tree.has(path)) {
        continue; // the class is switched off: an ordinary file
      }
      Action before = ledger.special().get(path);
      if (before != null) {
        draft(ledger.ownerOf(path).orElse(home)).add(CanonicalActions.withoutComputed(before));
      } else if (now.texts().containsKey(path)) {
        TreeEntry entry = all.at(path).orElseThrow();
        draft(home)
            .add(
                Action.of(
                    ActionType.FILE,
                    generated.add(now.publishable(path)),
                    Attributes.of(
                        "path",
                        path,
                        "owner",
                        entry.owner(),
                        "group",
                        entry.group(),
                        "mode",
                        entry.modeText(),
                        "preserve",
                        "true")));
      }
    }
    actions.forEach(draft(home)::add);
  }

  /** All packages sorted by name, the incorporation last. */
  List<PlannedPackage> build(String oldTree, String newTree) {
    addStaging();
    new Exclusions(ledger, tree, request.selection(), request.choices().onExclude(), findings)
        .kept()
        .forEach((path, action) -> draft(home(path)).add(CanonicalActions.withoutComputed(action)));
    new SpecialObjects(assignment, request.choices().strict(), findings, generated)
        .fragments(tree)
        .forEach((stem, action) -> draft(stem).add(action));
    for (int i = 0; i < tree.size(); i++) {
      if (tree.entry(i).isFile()) {
        editable.report(tree.entry(i), findings);
      }
    }
    drafts.values().removeIf(Draft::isEmpty);
    TreeMap<String, PlannedPackage> packages = new TreeMap<>();
    addMarkers(packages);
    drafts.values().forEach(draft -> packages.put(draft.stem(), planned(draft)));
    addGroups(packages);
    List<PlannedPackage> all = new ArrayList<>(packages.values());
    all.add(incorporation(all, oldTree, newTree));
    return all;
  }

  private String home(String path) {
    String stem = ledger.ownerOf(path).orElseThrow();
    return request.choices().single().isEmpty() ? stem : request.choices().single();
  }

  private void addStaging() {
    String service = request.choices().migratePackage();
    TreeSet<String> depending = new TreeSet<>();
    for (Action directory : transitions.staging().values()) {
      String stem = assignment.stemOf(transitions.linkOf(directory.key())).orElseThrow();
      draft(stem).add(directory);
      if (((DirectoryAction) directory).salvageFrom().isEmpty() || service.isEmpty()) {
        continue;
      }
      if (depending.add(stem)) {
        draft(stem).add(Draft.depend("require", "pkg:/" + service));
      }
    }
  }

  private PlannedPackage planned(Draft draft) {
    List<Action> header = new ArrayList<>(metadata.header(draft.stem()));
    header.add(Draft.depend("require", "pkg:/" + request.incorporation()));
    backReferences(draft.stem()).forEach(header::add);
    needs
        .requiredBy(draft.stem())
        .forEach(other -> header.add(Draft.depend("require", "pkg:/" + other)));
    return planned(draft.stem(), () -> draft.manifest(header, maker, transforms));
  }

  /** Packages that were renamed to this one: an old one must not stay beside it. */
  private List<Action> backReferences(String stem) {
    Map<String, Fmri> renamed = new TreeMap<>();
    for (PublishedPackage each : ledger.packages().values()) {
      if (each.marker() && each.successors().contains(stem) && !drafts.containsKey(each.stem())) {
        renamed.put(each.stem(), each.fmri());
      }
    }
    markers.forEach(
        (name, successors) -> {
          if (successors.contains(stem)) {
            renamed.put(name, name(name));
          }
        });
    return renamed.values().stream()
        .map(fmri -> Draft.depend("optional", fmri.toStringWithoutPublisher()))
        .toList();
  }

  private PlannedPackage planned(String stem, Supplier<Manifest> contents) {
    PublishedPackage before = ledger.packages().get(stem);
    if (before == null) {
      return new PlannedPackage(name(stem), PlannedPackage.Status.NEW, contents);
    }
    return digest(contents.get()).equals(before.digest())
        ? new PlannedPackage(before.fmri(), PlannedPackage.Status.UNCHANGED, contents)
        : new PlannedPackage(
            name(stem),
            before.marker() ? PlannedPackage.Status.NEW : PlannedPackage.Status.CHANGED,
            contents);
  }

  private Fmri name(String stem) {
    return new Fmri(request.publisher(), stem, request.release().version());
  }

  private static String digest(Manifest manifest) {
    CanonicalActions canonical = new CanonicalActions();
    manifest.actions().forEach(canonical::add);
    return canonical.digest();
  }

  private void addMarkers(TreeMap<String, PlannedPackage> packages) {
    Markers finder = new Markers(ledger, assignment, transitions);
    TreeSet<String> groups = new TreeSet<>();
    request.rules().all(Rule.Group.class).forEach(rule -> groups.add(rule.name()));
    for (PublishedPackage before : ledger.packages().values()) {
      String stem = before.stem();
      if (drafts.containsKey(stem) || groups.contains(stem)) {
        continue;
      }
      if (before.marker()) {
        packages.put(
            stem,
            new PlannedPackage(before.fmri(), PlannedPackage.Status.MARKER, () -> Manifest.EMPTY));
        continue;
      }
      List<String> successors = finder.successors(stem);
      markers.put(stem, successors);
      packages.put(
          stem,
          new PlannedPackage(
              name(stem),
              successors.isEmpty() ? PlannedPackage.Status.OBSOLETE : PlannedPackage.Status.RENAMED,
              () -> new Manifest(Markers.manifest(stem, successors))));
    }
  }

  private void addGroups(TreeMap<String, PlannedPackage> packages) {
    request
        .rules()
        .all(Rule.Group.class)
        .forEach(
            rule -> {
              List<Action> actions = new ArrayList<>(metadata.header(rule.name()));
              actions.add(Draft.depend("require", "pkg:/" + request.incorporation()));
              for (String member : rule.members()) {
                if (!packages.containsKey(member)) {
                  findings.error(
                      "group '"
                          + rule.name()
                          + "' names the package '"
                          + member
                          + "', which does not exist");
                }
                actions.add(Draft.depend("group", "pkg:/" + member));
              }
              packages.put(rule.name(), planned(rule.name(), () -> new Manifest(actions)));
            });
  }

  private PlannedPackage incorporation(
      List<PlannedPackage> packages, String oldTree, String newTree) {
    List<Action> actions =
        new Incorporation(request, ledger, transitions).manifest(packages, oldTree, newTree);
    boolean changed =
        packages.stream().anyMatch(PlannedPackage::isPublished)
            || !Incorporation.dependencies(actions)
                .equals(Incorporation.dependencies(ledger.incorporationManifest().actions()));
    Fmri before = ledger.incorporation();
    return changed || before == null
        ? new PlannedPackage(
            name(request.incorporation()),
            before == null ? PlannedPackage.Status.NEW : PlannedPackage.Status.CHANGED,
            () -> new Manifest(actions))
        : new PlannedPackage(before, PlannedPackage.Status.UNCHANGED, () -> new Manifest(actions));
  }
}

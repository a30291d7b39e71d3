package emblema.publisher.master;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.master.plan.Choices;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlanRequest;
import emblema.publisher.master.plan.Planner;
import emblema.publisher.master.plan.Release;
import emblema.publisher.master.publish.PlanPublisher;
import emblema.publisher.master.rule.RuleReader;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.select.FileClass;
import emblema.publisher.master.select.MasterTree;
import emblema.publisher.master.select.Selection;
import emblema.publisher.master.select.SelectionRules;
import emblema.publisher.master.select.TreeReader;
import emblema.store.file.FileRepository;
import emblema.store.origin.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A repository and the releases published into it, one after the other. */
final class Story implements AutoCloseable {
  static final String PUBLISHER = "example.com";
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  private final Path directory;
  private final FileRepository repository;
  private final List<Origin> references = new ArrayList<>();
  private Rules rules = Rules.NONE;
  private SelectionRules selection = SelectionRules.ALL;
  private Choices choices = Choices.DEFAULT;
  private Set<FileClass> off = Set.of();
  private int threads = 2;
  private EventSink events = EventSink.QUIET;
  private int release;
  private int late;
  private int trees;

  Story(Path directory) {
    this.directory = directory;
    this.repository = FileRepository.create(directory.resolve("repo"));
  }

  FileRepository repository() {
    return repository;
  }

  Tree tree() {
    return new Tree(directory.resolve("tree-" + trees++)).directory("");
  }

  Tree copy(Tree tree) {
    return tree.copy(directory.resolve("tree-" + trees++));
  }

  Story rules(String text) {
    rules = RuleReader.read(text, "test.rules");
    return this;
  }

  Story exclude(String... paths) {
    SelectionRules.Builder builder = new SelectionRules.Builder();
    for (String path : paths) {
      builder.exclude(path);
    }
    selection = builder.build();
    return this;
  }

  Story choices(UnaryOperator<Choices> change) {
    choices = change.apply(choices);
    return this;
  }

  Story without(FileClass each) {
    off = Set.of(each);
    return this;
  }

  /** Told what is read. */
  Story events(EventSink sink) {
    events = sink;
    return this;
  }

  /** Gives releases timestamps so many seconds later. */
  Story later(int seconds) {
    late = seconds;
    return this;
  }

  Story threads(int count) {
    threads = count;
    return this;
  }

  Story reference(Origin origin) {
    references.add(origin);
    return this;
  }

  /** Publishes a first release. */
  Plan baseline(Tree tree) {
    MasterTree now = read(tree, true);
    Plan plan = planner(1).baseline(now);
    release = 1;
    return published(plan);
  }

  /** Plans the next release without publishing it. */
  Plan plan(Tree old, Tree now) {
    return planner(release + 1).next(Optional.of(read(old, false)), read(now, true));
  }

  /** Publishes the next release. */
  Plan next(Tree old, Tree now) {
    Plan plan = plan(old, now);
    release++;
    return published(plan);
  }

  MasterTree read(Tree tree, boolean isNew) {
    return new TreeReader(
            rules,
            new Selection(selection, off, rules),
            Optional.empty(),
            ownUid(),
            threads,
            events)
        .read(RealDisk.open(tree.root()), isNew);
  }

  private int ownUid() {
    try {
      return (Integer) Files.getAttribute(directory, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Planner planner(int number) {
    Release name =
        new Release(
            "1.0", Integer.toString(number), "", CLOCK.instant().plusSeconds(number + late));
    return new Planner(
        repository,
        references,
        new PlanRequest(
            PUBLISHER, "master", name, rules, new Selection(selection, off, rules), choices));
  }

  private Plan published(Plan plan) {
    new PlanPublisher(repository, CLOCK, threads, EventSink.QUIET).publish(plan);
    return plan;
  }

  /** The newest version of each package by name. */
  TreeMap<String, Fmri> newest() {
    TreeMap<String, Fmri> newest = new TreeMap<>();
    repository.catalog(PUBLISHER).forEach(entry -> newest.put(entry.fmri().stem(), entry.fmri()));
    return newest;
  }

  private Fmri newest(String stem) {
    return Optional.ofNullable(newest().get(stem))
        .orElseThrow(() -> new AssertionError("no package " + stem + " in " + newest().keySet()));
  }

  /** The newest version of a package as people see it. */
  String version(String stem) {
    return newest(stem).requireVersion().toShortString();
  }

  /** The newest manifest of a package. */
  Manifest manifest(String stem) {
    Fmri fmri = newest(stem);
    return ManifestReader.read(
        new ByteArrayInputStream(repository.manifest(fmri)), fmri.toString());
  }

  /** The newest action at a path, as text; empty if no package delivers it. */
  String at(String path) {
    return newest().keySet().stream()
        .flatMap(stem -> manifest(stem).actions().stream())
        .filter(action -> action.pathIfAny().filter(path::equals).isPresent())
        .map(ActionWriter::write)
        .findFirst()
        .orElse("");
  }

  /** All newest actions, as text without what publication computes. */
  List<String> lines(String stem) {
    return manifest(stem).actions().stream()
        .map((Action action) -> ActionWriter.write(action))
        .toList();
  }

  @Override
  public void close() {
    repository.close();
  }
}

package emblema.publisher.master.prove;

import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeCopy;
import emblema.core.manifest.Manifest;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDiff;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.publish.PlanPublisher;
import emblema.publisher.master.report.ChangeText;
import emblema.publisher.master.select.TreeReader;
import emblema.store.file.FileRepository;
import emblema.store.publication.Publication;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Publishes a plan into a copy of the repository and lets the client prove it: a fresh image is the
 * new tree, and an updated one too, with what a machine kept at the expected places.
 */
public final class Proof {
  private static final int SHOWN = 20;

  private final Plan plan;
  private final TreeReader reader;
  private final PkgClient client;
  private final Path scratch;
  private final InstantSource clock;
  private final EventSink events;

  /**
   * @param reader as the new tree was read
   * @param scratch an empty directory; its content stays, to be looked at
   */
  public Proof(
      Plan plan,
      TreeReader reader,
      PkgClient client,
      Path scratch,
      InstantSource clock,
      EventSink events) {
    this.plan = plan;
    this.reader = reader;
    this.client = client;
    this.scratch = scratch;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Runs the proof; conflict that lists what is not as it should be.
   *
   * @param repository whose copy the plan is published into
   * @param origins versions of the incorporation to update from; none: the last one
   */
  public void run(Path repository, List<Version> origins) {
    Path copy = copy(repository);
    try (FileRepository store = FileRepository.open(copy)) {
      addService(store);
      new PlanPublisher(store, clock, 2, EventSink.QUIET).publish(plan);
    }
    Path fresh = image("fresh", copy);
    install(fresh, "");
    List<String> problems = new ArrayList<>(compareWithTree(fresh));
    Fmri last = plan.ledger().incorporation();
    List<Version> from =
        origins.isEmpty() && last != null ? List.of(last.requireVersion()) : origins;
    for (Version version : from) {
      problems.addAll(update(version, copy, fresh));
    }
    if (!problems.isEmpty()) {
      int shown = Math.min(SHOWN, problems.size());
      throw new ConflictException(
          "the release is not proven: " + problems.size() + " differences",
          String.join("\n", problems.subList(0, shown)),
          List.of("look at the images in '" + scratch + "'"),
          null);
    }
  }

  private Path copy(Path repository) {
    try (Disk disk = RealDisk.open(Path.of("/"))) {
      Path copy = scratch.resolve("repository");
      TreeCopy.copy(
          disk,
          SafePath.of(repository.toString()),
          SafePath.of(copy.toString()),
          TreeCopy.Policy.COPY,
          EventSink.QUIET);
      return copy;
    }
  }

  /** A stand-in for the migration service where no repository of the proof has it. */
  private void addService(FileRepository store) {
    String name = plan.request().choices().migratePackage();
    boolean[] found = new boolean[1];
    for (String publisher : store.publishers()) {
      store.catalog(publisher).forEach(entry -> found[0] |= entry.fmri().stem().equals(name));
    }
    if (found[0] || name.isEmpty() || plan.transitions().staging().isEmpty()) {
      return;
    }
    events.emit(new Event.Note("an empty '" + name + "' stands in for the migration service"));
    try (Publication publication = store.publish(clock)) {
      publication.add(
          Fmri.parse("pkg://" + plan.request().publisher() + "/" + name + "@0,5.11-0"),
          Manifest.EMPTY,
          action -> {
            throw new IllegalStateException("no payload");
          });
      publication.commit();
    }
  }

  private Path image(String name, Path repository) {
    Path image = scratch.resolve(name);
    client.run(
        List.of(
            "image-create",
            "-F",
            "-p",
            plan.request().publisher() + "=file://" + repository,
            image.toString()));
    return image;
  }

  private void install(Path image, String version) {
    client.run(
        List.of("-R", image.toString(), "install", plan.request().incorporation() + version));
  }

  private List<String> compareWithTree(Path image) {
    try (Disk disk = RealDisk.open(image)) {
      TreeIndex made = reader.read(disk, false).delivered();
      TreeIndex wanted = plan.now().delivered();
      return differences("fresh image", wanted, made, Set.of());
    }
  }

  private List<String> update(Version version, Path repository, Path fresh) {
    String name = "from-" + version.toShortString();
    Path image = image(name, repository);
    install(image, "@" + version.withoutTimestamp());
    Probes probes = new Probes(plan);
    try (Disk disk = RealDisk.open(image)) {
      probes.place(disk);
    }
    client.run(List.of("-R", image.toString(), "update"));
    events.emit(
        new Event.Note(
            "update from " + version.toShortString() + " with " + probes.count() + " probes"));
    try (Disk updated = RealDisk.open(image);
        Disk other = RealDisk.open(fresh)) {
      List<String> problems = new ArrayList<>(probes.missing(updated));
      problems.addAll(
          differences(
              name,
              reader.read(other, false).delivered(),
              reader.read(updated, false).delivered(),
              probes.expected()));
      return problems;
    }
  }

  private List<String> differences(
      String where, TreeIndex wanted, TreeIndex made, Set<String> expected) {
    List<String> differences = new ArrayList<>();
    for (TreeChange change : TreeDiff.between(wanted, made)) {
      boolean generated =
          change.kind() == TreeChange.Kind.ADDED
              && (plan.ledger().isGenerated(change.path() + "/")
                  || change.path().contains("/.migrate")
                  || change.path().equals("var/pkg"));
      boolean special = change.before() != null && isSpecial(change);
      if (change.matters() && !generated && !special && !expected.contains(change.path())) {
        differences.add(
            where
                + ": "
                + change.kind().word()
                + " "
                + change.path()
                + " "
                + ChangeText.details(change));
      }
    }
    return differences;
  }

  private static boolean isSpecial(TreeChange change) {
    return change.kind() == TreeChange.Kind.REMOVED
        && change.before() != null
        && !change.before().isFile()
        && !change.before().isDirectory()
        && !change.before().isLink();
  }
}

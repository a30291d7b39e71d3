package emblema.store.history;

import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestDiff;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherStore;
import emblema.store.file.StoreLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The states that a publisher's packages went through: each publication and each removal is a
 * commit in the bare Git repository {@code history/PUBLISHER.git} beside the stores. Made and
 * brought up to date from the catalog when it is asked for; never by a publication. Where the
 * catalog cannot tell what happened in between (its logs are gone, it was made anew), one commit
 * leads to the present state. Damage is mended by making it anew.
 */
public final class ManifestHistory {
  private static final String DIRECTORY = "history";

  private final FileRepository repository;
  private final PublisherStore store;
  private final InstantSource clock;

  public ManifestHistory(FileRepository repository, String publisher, InstantSource clock) {
    this.repository = repository;
    this.store = repository.publisherStore(publisher);
    this.clock = clock;
  }

  /** Whether the property {@code repository/manifest-history} does not forbid it. */
  public static boolean isWanted(FileRepository repository) {
    return !String.join("", repository.configuration().valuesOf("repository", "manifest-history"))
        .equalsIgnoreCase("false");
  }

  private SafePath place() {
    return new SafePath(DIRECTORY).resolve(store.prefix() + ".git");
  }

  private Path path() {
    return store.disk().root().resolve(place().text());
  }

  /** Whether somebody has asked before. */
  public boolean exists() {
    return store.disk().stat(place()).isPresent();
  }

  /** Deletes it. The next question makes it anew, without what removed packages looked like. */
  public void delete() {
    TreeRemoval.remove(store.disk(), place());
  }

  /** Brings it up to date; makes it, or makes it anew if it is damaged. */
  public void update() {
    if (!isWanted(repository)) {
      throw new NotFoundException(
          "the repository '" + repository.root() + "' keeps no history of manifests",
          "run 'pkgrepo set repository/manifest-history=True' to have one");
    }
    store.ensureDirectory(new SafePath(DIRECTORY));
    try (StoreLock ignored = StoreLock.await(store, clock)) {
      try {
        follow();
      } catch (IOException | RuntimeException e) {
        if (e instanceof EmblemaException known) {
          throw known;
        }
        delete();
        followAnew();
      }
    }
  }

  private void followAnew() {
    try {
      follow();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private StorageException failure(IOException e) {
    return new StorageException(
        "the history '" + path() + "' cannot be read or written", e.getMessage(), List.of(), e);
  }

  private void follow() throws IOException {
    CatalogAttributes attributes = store.catalogAttributes();
    try (GitStates states = GitStates.open(path())) {
      Optional<GitStates.Head> head = states.head();
      if (head.isPresent() && head.get().catalog().equals(identity(attributes))) {
        return;
      }
      SortedMap<String, String> tree = new TreeMap<>();
      Instant after = Instant.EPOCH;
      if (head.isPresent()) {
        tree.putAll(states.manifests(head.get().state()));
        after = head.get().when();
      }
      var events = CatalogEvents.since(after, store.prefix(), attributes, store.catalogFiles());
      if (head.isEmpty()) {
        begin(states, tree, events.values(), attributes);
      }
      for (var each : events.entrySet()) {
        replay(states, tree, each.getKey(), each.getValue(), attributes);
      }
      settle(states, tree, attributes);
      states.flush();
    }
  }

  /** What was there before the logs begin. */
  private void begin(
      GitStates states,
      SortedMap<String, String> tree,
      Collection<List<CatalogEvents.Event>> events,
      CatalogAttributes attributes)
      throws IOException {
    Set<String> later = new HashSet<>();
    events.forEach(
        each -> each.stream().filter(e -> !e.isRemoval()).forEach(e -> later.add(name(e.fmri()))));
    List<Fmri> added = new ArrayList<>();
    store
        .catalog()
        .forEach(
            entry -> {
              if (!later.contains(name(entry.fmri()))) {
                added.add(entry.fmri());
              }
            });
    for (Fmri fmri : added) {
      tree.put(name(fmri), states.insert(manifest(fmri)));
    }
    if (!added.isEmpty()) {
      HistoryEntry entry = new HistoryEntry("", attributes.created(), added, List.of());
      states.commit(tree, entry, identity(attributes));
    }
  }

  private static String identity(CatalogAttributes attributes) {
    return attributes.created() + " " + attributes.lastModified();
  }

  private void replay(
      GitStates states,
      SortedMap<String, String> tree,
      Instant when,
      List<CatalogEvents.Event> events,
      CatalogAttributes attributes)
      throws IOException {
    List<Fmri> added = new ArrayList<>();
    List<Fmri> removed = new ArrayList<>();
    for (CatalogEvents.Event event : events) {
      String name = name(event.fmri());
      if (event.isRemoval()) {
        tree.remove(name);
        removed.add(event.fmri());
      } else {
        tree.put(name, states.insert(manifest(event.fmri())));
        added.add(event.fmri());
      }
    }
    states.commit(tree, new HistoryEntry("", when, added, removed), identity(attributes));
  }

  /** One commit for whatever the logs did not tell. */
  private void settle(
      GitStates states, SortedMap<String, String> tree, CatalogAttributes attributes)
      throws IOException {
    Map<String, Fmri> present = new HashMap<>();
    store.catalog().forEach(entry -> present.put(name(entry.fmri()), entry.fmri()));
    List<Fmri> added = new ArrayList<>();
    List<Fmri> removed = new ArrayList<>();
    for (String name : List.copyOf(tree.keySet())) {
      if (!present.containsKey(name)) {
        tree.remove(name);
        removed.add(fmri(name));
      }
    }
    for (Map.Entry<String, Fmri> each : new TreeMap<>(present).entrySet()) {
      if (!tree.containsKey(each.getKey())) {
        tree.put(each.getKey(), states.insert(manifest(each.getValue())));
        added.add(each.getValue());
      }
    }
    boolean same = added.isEmpty() && removed.isEmpty();
    if (!same || states.head().map(h -> !h.catalog().equals(identity(attributes))).orElse(true)) {
      HistoryEntry entry = new HistoryEntry("", attributes.lastModified(), added, removed);
      states.commit(tree, entry, identity(attributes));
    }
  }

  /** Its text, or a remark where it was removed before anybody asked. */
  private byte[] manifest(Fmri fmri) {
    try {
      return store.manifest(fmri);
    } catch (NotFoundException e) {
      return ("# the manifest of " + fmri + " was removed before the history was made\n")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String name(Fmri fmri) {
    return fmri.stemElement() + "/" + fmri.versionElement();
  }

  private Fmri fmri(String name) {
    int slash = name.indexOf('/');
    return Fmri.fromPathElements(
        store.prefix(), name.substring(0, slash), name.substring(slash + 1));
  }

  /** All changes, the newest first. */
  public List<HistoryEntry> log() {
    try (GitStates states = GitStates.open(path())) {
      return states.log(this::fmri);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * What differs between two states.
   *
   * @param from a state, or the beginning of its name; {@code HEAD}, {@code HEAD~2} and the like
   */
  public StateDifference difference(String from, String to) {
    try (GitStates states = GitStates.open(path())) {
      SortedMap<String, String> before = states.manifests(states.resolve(from));
      SortedMap<String, String> after = states.manifests(states.resolve(to));
      List<StateDifference.Change> changes = new ArrayList<>();
      for (String name : before.keySet()) {
        if (!after.containsKey(name)) {
          changes.add(
              new StateDifference.Change(fmri(name), false, Optional.empty(), Optional.empty()));
        }
      }
      for (Map.Entry<String, String> each : after.entrySet()) {
        if (!each.getValue().equals(before.get(each.getKey()))) {
          changes.add(added(states, before, each));
        }
      }
      return new StateDifference(changes);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private StateDifference.Change added(
      GitStates states, SortedMap<String, String> before, Map.Entry<String, String> each)
      throws IOException {
    Fmri fmri = fmri(each.getKey());
    Optional<Fmri> since =
        before.keySet().stream()
            .filter(name -> name.startsWith(fmri.stemElement() + "/"))
            .map(this::fmri)
            .max(Fmri::compareTo);
    Optional<ManifestDiff> actions = Optional.empty();
    if (since.isPresent()) {
      String old = before.getOrDefault(name(since.get()), "");
      actions = Optional.of(ManifestDiff.between(read(states, old), read(states, each.getValue())));
    }
    return new StateDifference.Change(fmri, true, since, actions);
  }

  private static Manifest read(GitStates states, String blob) throws IOException {
    return ManifestReader.read(new String(states.read(blob), StandardCharsets.UTF_8), blob);
  }
}

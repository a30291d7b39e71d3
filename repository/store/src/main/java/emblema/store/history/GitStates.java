package emblema.store.history;

import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * States as commits: a tree has a directory for each package name, in it a file for each version,
 * both named as in the repository; the message says what changed, its last line which catalog it
 * was. New objects go into one pack; the branch moves when all are written.
 */
final class GitStates implements AutoCloseable {
  private static final String BRANCH = Constants.R_HEADS + "main";
  private static final String ADDED = "added ";
  private static final String REMOVED = "removed ";
  private static final String CATALOG = "catalog ";

  private final Repository git;
  private final ObjectInserter inserter;
  private final ObjectReader reader;
  private Optional<Head> head;

  /** The newest state and the catalog that it was made from. */
  record Head(String state, Instant when, String catalog) {}

  private GitStates(Repository git) throws IOException {
    this.git = git;
    this.inserter =
        git instanceof FileRepository files
            ? files.getObjectDatabase().newPackInserter()
            : git.newObjectInserter();
    this.reader = inserter.newReader();
    this.head = readHead();
  }

  static GitStates open(Path directory) throws IOException {
    GitSurroundings.install();
    boolean exists = Files.isDirectory(directory);
    Repository git = new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    if (!exists) {
      git.create(true);
      RefUpdate link = git.updateRef(Constants.HEAD);
      link.link(BRANCH);
    }
    return new GitStates(git);
  }

  private Optional<Head> readHead() throws IOException {
    ObjectId id = git.resolve(BRANCH);
    if (id == null) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(reader)) {
      RevCommit commit = walk.parseCommit(id);
      String catalog = "";
      Instant when = commit.getCommitterIdent().getWhenAsInstant();
      for (String line : commit.getFullMessage().lines().toList()) {
        if (line.startsWith(CATALOG)) {
          catalog = line.substring(CATALOG.length());
        } else if (line.startsWith("at ")) {
          when = Instant.parse(line.substring(3));
        }
      }
      return Optional.of(new Head(id.name(), when, catalog));
    }
  }

  Optional<Head> head() {
    return head;
  }

  String insert(byte[] content) throws IOException {
    return inserter.insert(Constants.OBJ_BLOB, content).name();
  }

  byte[] read(String blob) throws IOException {
    return reader.open(ObjectId.fromString(blob)).getBytes();
  }

  /**
   * @param manifests name to blob
   */
  void commit(SortedMap<String, String> manifests, HistoryEntry entry, String catalog)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree(manifests));
    head.ifPresent(before -> commit.setParentId(ObjectId.fromString(before.state())));
    PersonIdent person = new PersonIdent("pkgrepo", "", entry.when(), ZoneOffset.UTC);
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setEncoding(StandardCharsets.UTF_8);
    StringBuilder message = new StringBuilder();
    message.append(entry.added().size()).append(" added, ");
    message.append(entry.removed().size()).append(" removed\n\n");
    entry.added().forEach(fmri -> message.append(ADDED).append(name(fmri)).append('\n'));
    entry.removed().forEach(fmri -> message.append(REMOVED).append(name(fmri)).append('\n'));
    message.append("at ").append(entry.when()).append('\n');
    message.append(CATALOG).append(catalog).append('\n');
    commit.setMessage(message.toString());
    head = Optional.of(new Head(inserter.insert(commit).name(), entry.when(), catalog));
  }

  private static String name(Fmri fmri) {
    return fmri.stemElement() + "/" + fmri.versionElement();
  }

  private ObjectId tree(SortedMap<String, String> manifests) throws IOException {
    SortedMap<String, SortedMap<String, String>> stems = new TreeMap<>();
    manifests.forEach(
        (name, blob) -> {
          int slash = name.indexOf('/');
          stems
              .computeIfAbsent(name.substring(0, slash), stem -> new TreeMap<>())
              .put(name.substring(slash + 1), blob);
        });
    // Git sorts directories as if their names ended with a slash
    SortedMap<String, ObjectId> sorted = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, String>> stem : stems.entrySet()) {
      TreeFormatter versions = new TreeFormatter();
      stem.getValue()
          .forEach(
              (version, blob) ->
                  versions.append(version, FileMode.REGULAR_FILE, ObjectId.fromString(blob)));
      sorted.put(stem.getKey() + "/", inserter.insert(versions));
    }
    TreeFormatter root = new TreeFormatter();
    sorted.forEach(
        (name, id) -> root.append(name.substring(0, name.length() - 1), FileMode.TREE, id));
    return inserter.insert(root);
  }

  /** Makes everything durable, then moves the branch. */
  void flush() throws IOException {
    inserter.flush();
    if (head.isPresent()) {
      RefUpdate update = git.updateRef(BRANCH);
      update.setNewObjectId(ObjectId.fromString(head.get().state()));
      update.setForceUpdate(true);
      update.disableRefLog();
      RefUpdate.Result result = update.update();
      if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
        throw new IOException("the branch cannot be moved: " + result);
      }
    }
  }

  /** The manifests of a state: name to blob. */
  SortedMap<String, String> manifests(String state) throws IOException {
    SortedMap<String, String> manifests = new TreeMap<>();
    try (RevWalk commits = new RevWalk(reader);
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(commits.parseCommit(ObjectId.fromString(state)).getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        manifests.put(walk.getPathString(), walk.getObjectId(0).name());
      }
    }
    return manifests;
  }

  /** The full name of a state. */
  String resolve(String text) throws IOException {
    ObjectId id;
    try {
      id = git.resolve(text + "^{commit}");
    } catch (RuntimeException e) {
      id = null;
    }
    if (id == null) {
      throw new NotFoundException(
          "no state '" + text + "' is in the history", "'pkgrepo log' lists the states");
    }
    return id.name();
  }

  List<HistoryEntry> log(Function<String, Fmri> named) throws IOException {
    List<HistoryEntry> entries = new ArrayList<>();
    ObjectId id = git.resolve(BRANCH);
    if (id == null) {
      return entries;
    }
    try (RevWalk walk = new RevWalk(reader)) {
      walk.markStart(walk.parseCommit(id));
      for (RevCommit commit : walk) {
        List<Fmri> added = new ArrayList<>();
        List<Fmri> removed = new ArrayList<>();
        Instant when = commit.getCommitterIdent().getWhenAsInstant();
        for (String line : commit.getFullMessage().lines().toList()) {
          if (line.startsWith(ADDED)) {
            added.add(named.apply(line.substring(ADDED.length())));
          } else if (line.startsWith(REMOVED)) {
            removed.add(named.apply(line.substring(REMOVED.length())));
          } else if (line.startsWith("at ")) {
            when = Instant.parse(line.substring(3));
          }
        }
        entries.add(new HistoryEntry(commit.name(), when, added, removed));
      }
    }
    return entries;
  }

  @Override
  public void close() {
    reader.close();
    inserter.close();
    git.close();
  }
}

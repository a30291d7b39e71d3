package emblema.store.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import emblema.store.publication.Publication;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredIndexTest {
  private static final String PUBLISHER = "p.example";

  @TempDir Path directory;
  private long second;
  private final InstantSource clock =
      () -> Instant.parse("2026-01-02T03:04:05Z").plusSeconds(second++);
  private FileRepository repository = FileRepository.open(SearchGolden.path("repo"));
  private RepositorySearch search =
      new RepositorySearch(repository, InstantSource.system(), EventSink.QUIET);

  @BeforeEach
  void makeARepository() {
    repository.close();
    repository = FileRepository.create(directory.resolve("repo"));
    repository.addPublisher(PUBLISHER, clock);
    search = new RepositorySearch(repository, clock, EventSink.QUIET);
  }

  @AfterEach
  void close() {
    search.close();
    repository.close();
  }

  private void publish(String name, String summary) {
    try (Publication publication = repository.publish(clock)) {
      publication.add(
          Fmri.parse(name),
          ManifestReader.read("set name=pkg.summary value=\"" + summary + "\"\n", "test"),
          action -> {
            throw new IllegalStateException();
          });
      publication.commit();
    }
  }

  private static List<String> names(SearchIndex index, String query) {
    List<String> names = new ArrayList<>();
    index.search(Search.packages(query), hit -> names.add(hit.packageName().split(",")[0]));
    return names;
  }

  private List<String> found(String query) {
    return names(search.index(PUBLISHER), query);
  }

  private Path files() {
    return directory.resolve("repo/publisher/" + PUBLISHER + "/search");
  }

  private List<Path> indexFiles() throws IOException {
    try (var walk = Files.walk(files())) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("lock|write.lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aPublicationTouchesNoIndexAndARefreshAddsOnlyWhatIsNew() {
    publish("a@1", "first one");
    assertThatThrownBy(() -> found("one")).isInstanceOf(NotFoundException.class);
    assertThat(search.refresh(PUBLISHER)).isEqualTo(new IndexUpdate(1, 0, true));
    assertThat(found("one")).containsExactly("a@1");
    publish("b@1", "second one");
    assertThat(search.index(PUBLISHER).isUpToDate()).isFalse();
    assertThat(found("one")).containsExactly("a@1");
    assertThat(search.refresh(PUBLISHER)).isEqualTo(new IndexUpdate(1, 0, false));
    assertThat(found("one")).containsExactly("a@1", "b@1");
    assertThat(search.refresh(PUBLISHER).changed()).isFalse();
  }

  @Test
  void anEmptyRepositoryAnswersNothing() {
    search.refresh(PUBLISHER);
    assertThat(found("*")).isEmpty();
    assertThat(found("a AND 'b c'")).isEmpty();
  }

  @Test
  void deletingTheIndexIsSafe() {
    publish("a@1", "one");
    search.refresh(PUBLISHER);
    TreeRemoval.remove(repository.disk(), SafePath.of("publisher/" + PUBLISHER + "/search"));
    assertThatThrownBy(() -> found("one")).isInstanceOf(NotFoundException.class);
    assertThat(search.refresh(PUBLISHER).anew()).isTrue();
    assertThat(found("one")).containsExactly("a@1");
  }

  @Test
  void everyDamagedFileLeadsToANewIndex() throws IOException {
    publish("a@1", "one");
    publish("b@1", "one");
    search.rebuild(PUBLISHER);
    List<String> names =
        indexFiles().stream().map(files()::relativize).map(Path::toString).toList();
    assertThat(names).hasSizeGreaterThan(2);
    for (int i = 0; i < names.size(); i++) {
      Path file = indexFiles().get(i);
      byte[] bytes = Files.readAllBytes(file);
      for (int way = 0; way < 3; way++) {
        search.close();
        Path damaged = indexFiles().get(i);
        switch (way) {
          case 0 -> Files.delete(damaged);
          case 1 -> Files.write(damaged, new byte[] {1, 2, 3});
          default -> {
            byte[] changed = Files.readAllBytes(damaged);
            changed[changed.length / 2] ^= 0x55;
            Files.write(damaged, changed, StandardOpenOption.TRUNCATE_EXISTING);
          }
        }
        publish("c@1." + i + "." + way, "one"); // so that there is something to do
        search.refresh(PUBLISHER);
        assertThat(found("c@1." + i + "." + way + " OR one"))
            .as(damaged + " of " + bytes.length + " bytes, way " + way)
            .hasSize(3 + i * 3 + way);
      }
    }
  }

  @Test
  void aClientAloneWithTheRepositoryNeedsNoRefresh() {
    publish("a@1", "one");
    List<String> names = new ArrayList<>();
    search.searchNow(PUBLISHER, Search.packages("one"), hit -> names.add(hit.packageName()));
    publish("b@1", "one");
    search.searchNow(PUBLISHER, Search.packages("one"), hit -> names.add(hit.packageName()));
    assertThat(names).hasSize(3);
  }

  @Test
  void inARepositoryOfOthersNothingIsWritten() throws IOException {
    publish("a@1", "one");
    Path owned = directory.resolve("repo/publisher/" + PUBLISHER);
    try {
      Files.setAttribute(owned, "unix:uid", 12345);
    } catch (IOException e) {
      Assumptions.abort("only root can give directories away");
    }
    List<String> names = new ArrayList<>();
    search.searchNow(PUBLISHER, Search.packages("one"), hit -> names.add(hit.packageName()));
    assertThat(names).hasSize(1);
    assertThat(files()).doesNotExist();
  }

  @Test
  void queriesKeepWorkingWhileTheIndexIsMadeAgain() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      publish("a" + i + "@1", "one");
    }
    search.refresh(PUBLISHER);
    AtomicBoolean done = new AtomicBoolean();
    List<String> wrong = new ArrayList<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (RepositorySearch other =
                      new RepositorySearch(repository, clock, EventSink.QUIET)) {
                    while (!done.get()) {
                      int count = names(other.index(PUBLISHER), "one").size();
                      if (count != 10) {
                        wrong.add("found " + count);
                      }
                    }
                  } catch (RuntimeException e) {
                    wrong.add(e.toString());
                  }
                });
    for (int i = 0; i < 20; i++) {
      search.rebuild(PUBLISHER);
      assertThat(found("one")).hasSize(10);
    }
    done.set(true);
    reader.join();
    assertThat(wrong).isEmpty();
  }

  @Test
  void anUnfinishedGenerationDoesNotCountAndIsRemoved() throws IOException {
    publish("a@1", "one");
    search.refresh(PUBLISHER);
    Path torn = Files.createDirectory(files().resolve("g99"));
    Files.writeString(torn.resolve("segments_1"), "half");
    assertThat(found("one")).hasSize(1);
    search.rebuild(PUBLISHER);
    assertThat(found("one")).hasSize(1);
    assertThat(torn).doesNotExist();
    Files.writeString(files().resolve("current"), "../../../evil\n");
    assertThat(search.index(PUBLISHER).exists()).isFalse();
    search.refresh(PUBLISHER);
    assertThat(found("one")).hasSize(1);
  }

  /** A source that tests change at will. */
  private static final class Shelf implements IndexSource {
    final Map<String, String> manifests = new TreeMap<>();
    int changes;

    @Override
    public String stamp() {
      return "stamp " + changes;
    }

    @Override
    public void forEachPackage(BiConsumer<Fmri, String> each) {
      manifests.forEach(
          (name, manifest) ->
              each.accept(Fmri.parse(name), Integer.toHexString(manifest.hashCode())));
    }

    @Override
    public byte[] manifest(Fmri fmri) {
      String manifest = manifests.get(fmri.toStringWithoutPublisher().substring(5));
      if (manifest == null) {
        throw new NotFoundException("no '" + fmri + "'");
      }
      return manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsRemovedAndComesBackUnchangedIsFoundAgain() {
    Shelf shelf = new Shelf();
    String name = "back@1,5.11:20260102T030405Z";
    shelf.manifests.put(name, "set name=k value=word\n");
    shelf.manifests.put("other@1,5.11:20260102T030405Z", "set name=k value=word\n");
    try (StoredIndex index =
        new StoredIndex(repository.disk(), new SafePath("shelf"), shelf, clock, EventSink.QUIET)) {
      index.refresh();
      String manifest = shelf.manifests.remove(name);
      shelf.changes++;
      index.refresh();
      assertThat(names(index, "word")).hasSize(1);
      shelf.manifests.put(name, manifest);
      shelf.changes++;
      index.refresh();
      assertThat(names(index, "word")).hasSize(2);
    }
  }

  @Test
  void updatesInAnyOrderAnswerAsAnIndexMadeAtOnce() {
    Random random = Seed.random();
    Shelf shelf = new Shelf();
    StoredIndex index =
        new StoredIndex(repository.disk(), new SafePath("shelf"), shelf, clock, EventSink.QUIET);
    String[] queries = {"w*", "W1", "file::", "'w1 w2'", "w1 w2", "w1 OR w3", "<w1> AND <w2>"};
    for (int round = 0; round < 25; round++) {
      for (int i = random.nextInt(6); i >= 0; i--) {
        String name = "n" + random.nextInt(8) + "@1,5.11:20260102T030405Z";
        if (random.nextInt(3) == 0) {
          shelf.manifests.remove(name);
        } else {
          shelf.manifests.put(name, manifest(random));
        }
      }
      shelf.changes++;
      index.refresh();
      try (MemoryIndex fresh = MemoryIndex.of(shelf, text -> {})) {
        for (String query : queries) {
          for (boolean packages : new boolean[] {true, false}) {
            Search wanted = new Search(query, random.nextBoolean(), packages, null, 0);
            assertThat(hits(index, wanted)).as(query).isEqualTo(hits(fresh, wanted));
          }
        }
      }
    }
    index.close();
  }

  private static List<SearchHit> hits(SearchIndex index, Search search) {
    List<SearchHit> hits = new ArrayList<>();
    index.search(search, hits::add);
    return hits;
  }

  private static String manifest(Random random) {
    StringBuilder text = new StringBuilder("this is not an action\n");
    for (int i = random.nextInt(5); i >= 0; i--) {
      switch (random.nextInt(3)) {
        case 0 ->
            text.append("file path=d")
                .append(i)
                .append("/w")
                .append(random.nextInt(4))
                .append('\n');
        case 1 -> text.append("set name=k value=\"w1 W").append(random.nextInt(4)).append("\"\n");
        default -> text.append("set name=j value=w").append(random.nextInt(4)).append('\n');
      }
    }
    return text.toString();
  }
}

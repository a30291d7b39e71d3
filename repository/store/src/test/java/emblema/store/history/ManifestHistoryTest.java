package emblema.store.history;

import static emblema.store.file.SampleRepository.CLOCK;
import static emblema.store.file.SampleRepository.PUBLISHER;
import static emblema.store.file.SampleRepository.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.store.file.FileRepository;
import emblema.store.file.SampleRepository;
import emblema.testkit.RepositoryStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestHistoryTest {
  @TempDir Path directory;
  private Path root = Path.of("unset");

  @SuppressWarnings("NullAway.Init")
  private FileRepository repository;

  @BeforeEach
  void publish() {
    root = directory.resolve("repo");
    SampleRepository.create(root, "a@1", "b@1");
    repository = SampleRepository.open(root);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private ManifestHistory history() {
    ManifestHistory history = new ManifestHistory(repository, PUBLISHER, CLOCK);
    history.update();
    return history;
  }

  private static List<String> changes(ManifestHistory history) {
    return history.log().stream()
        .map(e -> "+" + shown(e.added()) + " -" + shown(e.removed()))
        .toList();
  }

  private static List<String> shown(List<Fmri> packages) {
    return packages.stream().map(Fmri::toShortString).toList();
  }

  private void remove(String name) {
    repository.remove(PUBLISHER, named(repository, name), CLOCK, EventSink.QUIET);
  }

  @Test
  void hasACommitForEachPublicationAndRemoval() throws IOException {
    assertThat(changes(history())).containsExactly("+[b@1] -[]", "+[a@1] -[]");
    SampleRepository.publish(repository, "a@2", "same", "new");
    remove("b@1");
    ManifestHistory history = history();
    assertThat(changes(history))
        .containsExactly("+[] -[b@1]", "+[a@2] -[]", "+[b@1] -[]", "+[a@1] -[]");
    assertThat(history.log().getFirst().state()).matches("[0-9a-f]{40}");
    List<String> before = changes(history);
    assertThat(changes(history())).as("nothing new").isEqualTo(before);
    RepositoryStructure.check(root);
  }

  @Test
  void tellsWhatDiffersBetweenAnyTwoStates() {
    history();
    SampleRepository.publish(repository, "a@2", "same", "new");
    remove("b@1");
    ManifestHistory history = history();
    List<StateDifference.Change> changes = history.difference("HEAD~2", "HEAD").changes();
    assertThat(changes.stream().map(c -> c.fmri().toShortString() + c.isAdded()).toList())
        .containsExactly("b@1false", "a@2true");
    StateDifference.Change upgrade = changes.get(1);
    assertThat(upgrade.since().orElseThrow().toShortString()).isEqualTo("a@1");
    assertThat(upgrade.actions().orElseThrow().added())
        .anyMatch(action -> action.key().equals("new"));
    assertThat(history.difference("HEAD", "HEAD").changes()).isEmpty();
    assertThatThrownBy(() -> history.difference("nonsense", "HEAD"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no state 'nonsense'");
  }

  @Test
  void canBeDeletedAndIsMadeAgain() throws IOException {
    history().delete();
    assertThat(root.resolve("history/p.example.git")).doesNotExist();
    SampleRepository.publish(repository, "a@2", "same");
    assertThat(changes(history())).containsExactly("+[a@2] -[]", "+[b@1] -[]", "+[a@1] -[]");
    // damaged: the branch leads nowhere
    Files.writeString(root.resolve("history/p.example.git/refs/heads/main"), "f".repeat(40) + "\n");
    assertThat(changes(history())).hasSize(3);
  }

  @Test
  void comesToThePresentStateWhereTheLogsDoNotLead() {
    history();
    SampleRepository.publish(repository, "c@1", "same");
    repository.rebuildCatalog(PUBLISHER, CLOCK, EventSink.QUIET);
    assertThat(changes(history())).containsExactly("+[c@1] -[]", "+[b@1] -[]", "+[a@1] -[]");
  }

  @Test
  void keepsWhatARemovedPackageLookedLike() throws IOException {
    history();
    remove("b@1");
    ManifestHistory history = history();
    List<StateDifference.Change> back = history.difference("HEAD", "HEAD~1").changes();
    assertThat(back).singleElement().matches(change -> change.isAdded());
    assertThat(root.resolve("publisher/p.example/pkg/b")).doesNotExist();
  }

  @Test
  void isNotMadeByPublicationsNorWhenItIsForbidden() throws IOException {
    SampleRepository.publish(repository, "c@1", "same");
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.map(path -> path.getFileName().toString())).doesNotContain("history");
    }
    repository.configure(
        repository.configuration().with("repository", "manifest-history", List.of("False")));
    assertThatThrownBy(this::history)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("keeps no history");
  }
}

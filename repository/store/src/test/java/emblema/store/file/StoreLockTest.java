package emblema.store.file;

import static emblema.store.file.SampleRepository.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands do while another process changes a repository. */
class StoreLockTest {
  @TempDir Path directory;
  private final List<Event> events = new ArrayList<>();
  private Path root = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private Process holder;

  @BeforeEach
  void lockARepositoryFromAnotherProcess() throws IOException {
    root = directory.resolve("repo");
    SampleRepository.create(root, "a@1", "b@1");
    holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "emblema.store.file.LockHolder",
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("held");
  }

  @AfterEach
  void end() throws InterruptedException {
    holder.destroyForcibly().waitFor();
  }

  private FileRepository waiting(Duration limit, EventSink sink) {
    return FileRepository.open(root).waiting(new LockWait(Duration.ZERO, limit, sink));
  }

  @Test
  void givesUpInTheEndAndNamesTheProcessInTheWay() {
    try (FileRepository repository = waiting(Duration.ofMillis(100), events::add)) {
      assertThatThrownBy(
              () -> repository.rebuildCatalog(PUBLISHER, InstantSource.system(), events::add))
          .isInstanceOf(LockedException.class)
          .hasMessage("repository '" + root + "' is in use by another process")
          .satisfies(
              e ->
                  assertThat(((EmblemaException) e).detail().orElse(""))
                      .startsWith("process " + holder.pid() + " (on "));
    }
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            Event.Warning.class,
            warning ->
                assertThat(warning.text())
                    .startsWith("waiting: repository '" + root + "' is in use")
                    .contains("process " + holder.pid() + " (on "));
  }

  @Test
  void goesOnAsSoonAsTheOtherProcessHasFinished() {
    EventSink release =
        event -> {
          try {
            holder.getOutputStream().close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (FileRepository repository = waiting(Duration.ofMinutes(10), release)) {
      repository.rebuildCatalog(PUBLISHER, InstantSource.system(), EventSink.QUIET);
      assertThat(SampleRepository.packages(repository)).hasSize(2);
    }
  }

  @Test
  void letsReadersRead() {
    try (FileRepository repository = FileRepository.open(root)) {
      assertThat(SampleRepository.packages(repository)).hasSize(2);
      assertThat(repository.isBusy(PUBLISHER, InstantSource.system())).isTrue();
    }
  }
}

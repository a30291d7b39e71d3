package emblema.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/**
 * Compares a result with a file in {@code src/test/resources}; {@code -Dtests.accept=true} writes
 * the result there instead, for review with {@code git diff}.
 */
public final class Goldens {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private Goldens() {}

  /**
   * @param name the file's path below {@code src/test/resources} of the module under test
   */
  public static void check(String name, String actual) {
    Path file = RESOURCES.resolve(name);
    try {
      if (Boolean.getBoolean("tests.accept")) {
        Path parent = file.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(file, actual);
        return;
      }
      if (!Files.exists(file)) {
        throw new AssertionError(
            "no golden file " + file.toAbsolutePath() + ": write it with -Dtests.accept=true");
      }
      Assertions.assertThat(actual).as("golden file " + file).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

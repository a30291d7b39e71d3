package emblema.publisher.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePayloadTest {
  @TempDir Path directory;

  @Test
  void aFileThatGrowsWhileItIsReadIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "content");
    try (InputStream in = new FilePayload(file).open()) {
      assertThat(in.read()).isEqualTo('c');
      Files.writeString(file, " and more", StandardOpenOption.APPEND);

      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("changed while it was read");
    }
  }

  @Test
  void aFileAtRestIsReadToItsEnd() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "content");
    try (InputStream in = new FilePayload(file).open()) {
      assertThat(in.readAllBytes()).asString().isEqualTo("content");
    }
  }
}

package emblema.publisher.cli;

import emblema.cli.Session;
import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Text that the user named, as a whole. */
final class TextInput {
  private TextInput() {}

  /**
   * @param shown how the user named it
   */
  static String file(Path file, String shown) {
    try {
      return decoded(Files.readAllBytes(file), shown);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("the file '" + shown + "' does not exist");
    } catch (AccessDeniedException e) {
      throw new AccessException("no permission to read '" + shown + "'");
    } catch (IOException e) {
      throw unreadable(shown, e);
    }
  }

  static String standard(Session session) {
    try {
      return decoded(session.console().in().readAllBytes(), "standard input");
    } catch (IOException e) {
      throw unreadable("standard input", e);
    }
  }

  private static String decoded(byte[] bytes, String shown) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("'" + shown + "' is not UTF-8 text");
    }
  }

  private static StorageException unreadable(String shown, IOException e) {
    return new StorageException(
        "'" + shown + "' cannot be read", String.valueOf(e.getMessage()), List.of(), e);
  }
}

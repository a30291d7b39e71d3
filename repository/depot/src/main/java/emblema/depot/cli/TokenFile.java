package emblema.depot.cli;

import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Secrets, one a line; empty lines and those that begin with a hash mark are left out. */
final class TokenFile {
  private static final int SHORTEST = 16;

  private TokenFile() {}

  static List<String> read(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new AccessException(
            "the token file '" + file + "' can be read by everybody", "chmod o= it");
      }
      List<String> tokens =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.length() < SHORTEST)) {
        throw new MalformedException(
            "the token file '" + file + "' needs lines of at least '" + SHORTEST + "' characters",
            "make one with 'openssl rand -hex 32'");
      }
      return tokens;
    } catch (NoSuchFileException e) {
      throw new NotFoundException("the token file '" + file + "' does not exist");
    } catch (AccessDeniedException e) {
      throw new AccessException("the token file '" + file + "' may not be read");
    } catch (IOException e) {
      throw new StorageException(
          "the token file '" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }
}

package emblema.depot.cli;

import emblema.core.error.AccessException;
import emblema.core.error.UsageException;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the pass phrase of an encrypted key comes from: {@code --ssl-dialog}. */
final class PassPhrase {
  private static final String PROGRAM = "exec:";

  private PassPhrase() {}

  /**
   * @param dialog {@code builtin}, or {@code exec:PROGRAM}, which gets an empty argument and the
   *     port and writes the pass phrase to its standard output
   */
  static Supplier<char[]> of(String dialog, int port) {
    if (dialog.equals("builtin")) {
      return PassPhrase::ask;
    }
    if (dialog.startsWith(PROGRAM + "/")) {
      return () -> run(dialog.substring(PROGRAM.length()), port);
    }
    throw new UsageException(
        "invalid value '" + dialog + "' of option '--ssl-dialog'",
        "write 'builtin', or 'exec:' and the whole path of a program; 'smf:' does not exist here");
  }

  private static char[] ask() {
    @Nullable Console terminal = System.console();
    char[] typed =
        terminal == null || !terminal.isTerminal()
            ? null
            : terminal.readPassword("Pass phrase of the key: ");
    return Optional.ofNullable(typed)
        .orElseThrow(
            () ->
                new AccessException(
                    "the private key is encrypted, and there is no terminal to ask for its pass"
                        + " phrase",
                    "name a program that prints it: '--ssl-dialog exec:/path/to/program'",
                    "or decrypt the key into a file that only the depot can read, with 'openssl"
                        + " pkey'"));
  }

  private static char[] run(String program, int port) {
    try {
      Process process =
          new ProcessBuilder(program, "", Integer.toString(port))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new AccessException(
            "the program '" + program + "' gave no pass phrase: it ended with status " + status);
      }
      return said.stripTrailing().toCharArray();
    } catch (IOException e) {
      throw new AccessException(
          "the program '" + program + "' cannot be run", e.getMessage(), List.of(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AccessException("the program '" + program + "' was interrupted");
    }
  }
}

package emblema.publisher.master.prove;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The {@code pkg} command as a process of its own. */
public final class ProcessClient implements PkgClient {
  private final List<String> command;

  /**
   * @param command its name or path, and leading arguments
   */
  public ProcessClient(List<String> command) {
    this.command = List.copyOf(command);
  }

  @Override
  public void run(List<String> arguments) {
    List<String> words = new ArrayList<>(command);
    words.addAll(arguments);
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new ConflictException(
            "the proof failed: '" + String.join(" ", words) + "' ended with status " + status,
            output.strip(),
            List.of(),
            null);
      }
    } catch (IOException e) {
      throw new NotFoundException(
          "cannot run '" + words.getFirst() + "'",
          String.valueOf(e.getMessage()),
          List.of("name the client's command with --pkg"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the proof was interrupted");
    }
  }
}

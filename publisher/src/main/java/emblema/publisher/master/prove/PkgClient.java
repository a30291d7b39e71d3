package emblema.publisher.master.prove;

import java.util.List;

/** The {@code pkg} command. */
public interface PkgClient {

  /** Runs it; a failure that names the command and its output if the status is not 0. */
  void run(List<String> arguments);
}

package emblema.dist;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Program;
import emblema.cli.Session;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the start-up cache is trained on: one process that runs the commands users wait for, on a
 * repository and an image of its own. The cache then holds their classes, linked (JEP 514).
 */
public final class Training {
  private final Path scratch;
  private final String tree;
  private final Map<String, Program> programs = new LinkedHashMap<>();

  private Training(Path scratch, String tree) {
    this.scratch = scratch;
    this.tree = tree;
    Programs.all().forEach(program -> programs.put(program.name(), program));
  }

  /**
   * @param args an empty directory, and a small tree to publish
   */
  public static void main(String[] args) {
    if (System.getenv().isEmpty()) { // loads the classes that every command needs
      throw new IllegalStateException("there is no environment");
    }
    new Training(Path.of(args[0]), args[1]).run();
  }

  private void run() {
    for (Program program : programs.values()) {
      run(program.name(), "help");
    }
    String repository = scratch.resolve("repository").toString();
    String image = scratch.resolve("image").toString();
    run("pkg", "version");
    run("pkgrepo", "create", repository);
    run("pkgrepo", "add-publisher", "-s", repository, "training");
    run("pkgrepo", "info", "-s", repository);
    run("pkgrepo", "list", "-s", repository);
    run("pkg", "image-create", "-p", "training=" + repository, image);
    String[] master = {"-R", tree, "-s", repository, "--no-cache", "--release", "1"};
    List<String> baseline = new ArrayList<>(List.of("baseline"));
    baseline.addAll(List.of(master));
    run("pkgmaster", baseline.toArray(String[]::new));
    run("pkg", "-R", image, "refresh");
    run("pkg", "-R", image, "install", "*");
    for (String command :
        List.of(
            "list", "info", "contents", "publisher", "history", "verify", "property", "update")) {
      run("pkg", "-R", image, command);
    }
    run("pkg.depotd", "-d", repository, "-p", "0", "--exit-ready");
  }

  /** The status is of no interest: a command that fails has still loaded its classes. */
  private void run(String program, String... arguments) {
    Console console =
        new Console(
            new Output("standard output", OutputStream.nullOutputStream(), false, 80, false),
            new Output("standard error", OutputStream.nullOutputStream(), false, 80, false));
    Session.Surroundings around =
        new Session.Surroundings(console, Map.of(), scratch, Clock.systemDefaultZone());
    Program found = programs.get(program);
    if (found != null) {
      int status = Launcher.run(found, List.of(arguments), around);
      System.err.println(program + " " + String.join(" ", arguments) + ": " + status);
    }
  }
}

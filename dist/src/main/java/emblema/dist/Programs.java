package emblema.dist;

import emblema.cli.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that the distribution ships, as the file {@code commands} lists them. */
final class Programs {
  private Programs() {}

  /** Name of the command to name of its main class. */
  static Map<String, String> mainClasses() {
    Map<String, String> classes = new LinkedHashMap<>();
    try (InputStream in = Programs.class.getResourceAsStream("commands")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks its list of commands");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.strip().split("\n", -1)) {
        String[] words = line.split(" ", -1);
        classes.put(words[0], words[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  /** Every command that is declared with the terminal kit. */
  static List<Program> all() {
    List<Program> programs = new ArrayList<>();
    for (String main : mainClasses().values()) {
      try {
        Method method = Class.forName(main).getMethod("program");
        programs.add((Program) method.invoke(null));
      } catch (NoSuchMethodException | ClassNotFoundException e) {
        continue; // Starts too early for the kit: its page is written by hand.
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(main + " is not a command's class", e);
      }
    }
    return programs;
  }
}

package emblema.publisher.transform;

import emblema.core.action.ActionReader;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads files of rules and actions (spec pkgmogrify, section 2): lines are joined and macros
 * replaced; rules, includes and content told apart.
 */
public final class Sources {
  private static final Pattern INCLUDE =
      Pattern.compile("<include\\s+(?:\"([^\"]+)\"|(\\S+?))\\s*>");
  private static final Pattern PREFIX = Pattern.compile("\\$\\([^)]*\\)");

  private final Settings settings;
  private final List<Transform> transforms = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private final Deque<Path> open = new ArrayDeque<>();

  /**
   * How names become files.
   *
   * @param directory where the command was started
   * @param includes further directories to look in, in order
   * @param followIncludes whether {@code <include>} is carried out; otherwise it is kept
   */
  public record Settings(
      Path directory, List<Path> includes, Macros macros, boolean followIncludes) {
    public Settings {
      includes = List.copyOf(includes);
    }

    /** Names relative to the directory, no macros. */
    public static Settings of(Path directory) {
      return new Settings(directory, List.of(), Macros.NONE, true);
    }
  }

  public Sources(Settings settings) {
    this.settings = settings;
  }

  /** Reads a file that the user named. */
  public Sources read(String name) {
    Path file =
        find(name)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "the file '" + name + "' does not exist",
                        settings.includes().isEmpty()
                            ? new String[0]
                            : new String[] {"looked in " + settings.includes() + " too"}));
    readFile(name, file);
    items.add(new Item.End(name));
    return this;
  }

  /**
   * Reads what is no file.
   *
   * @param name for messages
   */
  public Sources read(String name, InputStream in) {
    readLines(name, in);
    items.add(new Item.End(name));
    return this;
  }

  List<Transform> transforms() {
    return transforms;
  }

  List<Item> items() {
    return items;
  }

  private java.util.Optional<Path> find(String name) {
    List<Path> candidates = new ArrayList<>();
    candidates.add(settings.directory().resolve(name));
    settings.includes().forEach(directory -> candidates.add(directory.resolve(name)));
    return candidates.stream().filter(Files::exists).findFirst();
  }

  private void readFile(String name, Path file) {
    open.push(file.toAbsolutePath().normalize());
    try (InputStream in = Files.newInputStream(file)) {
      readLines(name, in);
    } catch (IOException e) {
      throw new StorageException(
          "the file '" + name + "' cannot be read", String.valueOf(e.getMessage()), List.of(), e);
    }
    open.pop();
  }

  private void readLines(String name, InputStream in) {
    int number = 0;
    StringBuilder joined = new StringBuilder();
    try {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String stripped = line.strip();
        if (stripped.endsWith("\\")) {
          joined.append(stripped, 0, stripped.length() - 1);
        } else if (stripped.isEmpty() && joined.isEmpty()) {
          items.add(new Item.Text(""));
        } else {
          String logical = joined.append(stripped).toString();
          joined.setLength(0);
          line(logical, new Place(name, number));
        }
      }
    } catch (CharacterCodingException e) {
      throw new MalformedException(name, number + 1, 0, "the text is not UTF-8", null);
    } catch (IOException e) {
      throw new StorageException(
          "'" + name + "' cannot be read", String.valueOf(e.getMessage()), List.of(), e);
    }
    if (!joined.isEmpty()) {
      line(joined.toString(), new Place(name, number));
    }
  }

  private void line(String logical, Place place) {
    String line;
    try {
      line = settings.macros().replaceIn(logical).strip();
    } catch (MalformedException e) {
      throw place.error(e.reason(), logical);
    }
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("#")) {
      items.add(new Item.Text(line));
    } else if (line.startsWith("<")) {
      command(line, place);
    } else {
      items.add(content(line, place));
    }
  }

  private void command(String line, Place place) {
    if (line.startsWith("<transform")) {
      transforms.add(TransformReader.read(line, place));
      return;
    }
    Matcher include = INCLUDE.matcher(line);
    if (!include.matches()) {
      throw place.error("unknown command", line);
    }
    if (!settings.followIncludes()) {
      items.add(new Item.Text(line));
      return;
    }
    String name = include.group(1) == null ? include.group(2) : include.group(1);
    Path file = find(name).orElseThrow(() -> place.error("the file '" + name + "' does not exist"));
    if (open.contains(file.toAbsolutePath().normalize())) {
      throw place.error("the file '" + name + "' includes itself");
    }
    readFile(name, file);
  }

  /** An action, perhaps behind a macro that is not defined. */
  static Item content(String line, Place place) {
    Matcher macro = PREFIX.matcher(line);
    String prefix = macro.lookingAt() ? macro.group() : "";
    try {
      return new Item.Content(
          prefix, Draft.of(ActionReader.read(line.substring(prefix.length()))), place);
    } catch (MalformedException e) {
      throw place.error(e.reason(), line);
    }
  }
}

package emblema.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The source tree that these tests look at. */
final class Checkout {
  /** Maven and our scripts both start tests in the module's directory. */
  static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private Checkout() {}

  /** All Java sources of ours, below {@code src/main} or {@code src/test}. */
  static List<Path> sources(String kind) {
    try (Stream<Path> modules = Files.walk(TOP, 2)) {
      List<Path> roots =
          modules
              .map(module -> module.resolve("src/" + kind + "/java"))
              .filter(Files::isDirectory)
              .toList();
      return roots.stream()
          .flatMap(Checkout::walk)
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all packages below {@code src/main}. */
  static TreeSet<String> packages() {
    TreeSet<String> packages = new TreeSet<>();
    for (Path file : sources("main")) {
      String path = file.toString();
      String below = path.substring(path.indexOf("/java/") + 6, path.lastIndexOf('/'));
      packages.add(below.replace('/', '.'));
    }
    return packages;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path root) {
    try {
      return Files.walk(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

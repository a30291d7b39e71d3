package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/flash-checklist.md}: no row is missing, and every test that it names exists. */
class FlashChecklistTest {
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)#([a-z][A-Za-z0-9]+)`");
  private static final Pattern ROW = Pattern.compile("\\| ([FD]-[0-9]+) \\| (.*) \\|");

  private static List<String> lines() {
    return Checkout.read(Checkout.TOP.resolve("docs/flash-checklist.md")).lines().toList();
  }

  @Test
  void hasARowForEverything() {
    Stream<String> wanted =
        Stream.concat(
            IntStream.rangeClosed(1, 267).mapToObj(i -> String.format("F-%03d", i)),
            IntStream.rangeClosed(1, 27).mapToObj(i -> "D-" + i));
    assertThat(lines().stream().map(ROW::matcher).filter(Matcher::matches).map(row -> row.group(1)))
        .containsExactlyElementsOf(wanted.toList());
  }

  @Test
  void eachRowNamesATestOrSaysWhyThereIsNone() {
    assertThat(lines())
        .filteredOn(line -> ROW.matcher(line).matches())
        .allSatisfy(
            line ->
                assertThat(
                        TEST.matcher(line).find() || line.matches(".*(not ours|not done|advice).*"))
                    .as(line)
                    .isTrue());
  }

  @Test
  void everyTestThatItNamesExists() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String line : lines()) {
      Matcher test = TEST.matcher(line);
      while (test.find()) {
        named++;
        if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
          missing.add(test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(267);
  }

  /** Test classes by name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("flash", "publisher", "it")) {
      try (Stream<Path> files = Files.walk(Checkout.TOP.resolve(module + "/src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }
}

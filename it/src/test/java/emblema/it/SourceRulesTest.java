package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be read off the sources: size, package pages, and the map in ARCHITECTURE.md. */
class SourceRulesTest {
  private static final int LIMIT = 400;

  @Test
  void noFileHasMoreThanFourHundredLines() {
    List<String> long_ =
        Stream.concat(Checkout.sources("main").stream(), Checkout.sources("test").stream())
            .map(file -> file + ": " + Checkout.read(file).lines().count())
            .filter(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)) > LIMIT)
            .toList();
    assertThat(long_).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    TreeSet<String> lacking = new TreeSet<>();
    for (Path file : Checkout.sources("main")) {
      Path page = file.resolveSibling("package-info.java");
      if (!Files.exists(page)) {
        lacking.add(file.getParent() + " has no package-info.java");
      } else {
        String text = Checkout.read(page);
        if (!text.contains("NullMarked") || !text.contains("/**")) {
          lacking.add(page + " lacks @NullMarked or its purpose");
        }
      }
    }
    assertThat(lacking).isEmpty();
  }

  @Test
  void theMapListsExactlyThePackagesThatExist() {
    TreeSet<String> listed = new TreeSet<>();
    Matcher matcher =
        Pattern.compile("`(emblema(?:\\.[a-z0-9]+)+)`")
            .matcher(Checkout.read(Checkout.TOP.resolve("ARCHITECTURE.md")));
    while (matcher.find()) {
      listed.add(matcher.group(1));
    }
    assertThat(listed).isEqualTo(Checkout.packages());
  }
}

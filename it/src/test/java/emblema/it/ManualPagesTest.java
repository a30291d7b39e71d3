package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.ManPage;
import emblema.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The pages in {@code docs/man} are those that the commands' declarations give; {@code
 * -Dtests.accept=true} writes them.
 */
class ManualPagesTest {
  private static final String VERSION = "Emblema 0.1.0";

  @TestFactory
  List<DynamicTest> pagesAreCurrent() {
    List<DynamicTest> tests = new ArrayList<>();
    String commands = Checkout.read(Checkout.TOP.resolve("dist/src/main/lib/commands"));
    for (String line : commands.strip().split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (!words[0].equals("shared-migrate")) {
        tests.add(DynamicTest.dynamicTest(words[0], () -> check(words[0], words[1])));
      }
    }
    return tests;
  }

  private static void check(String name, String main) throws Exception {
    Program program = (Program) Class.forName(main).getMethod("program").invoke(null);
    assertThat(program.name()).isEqualTo(name);
    String page = ManPage.render(program, VERSION);
    Path file = Checkout.TOP.resolve("docs/man/" + name + ".1");
    if (Boolean.getBoolean("tests.accept")) {
      Files.writeString(file, page);
    }
    assertThat(file).content().isEqualTo(page);
  }
}

package emblema.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.ActionReader;
import emblema.core.action.ActionType;
import emblema.core.fmri.Fmri;
import emblema.store.file.FileRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTokensTest {

  @ParameterizedTest
  @ValueSource(strings = {"alpha", "beta"})
  void areThoseOfTheIndexThatTheReferenceMade(String publisher) {
    TreeSet<String> ours = new TreeSet<>();
    try (FileRepository repository = FileRepository.open(SearchGolden.path("repo"))) {
      for (String name : SearchGolden.text(publisher + ".manf_list").split("\n")) {
        if (name.isEmpty() || name.startsWith("VERSION")) {
          continue;
        }
        Fmri fmri = Fmri.parse(name).withPublisher(publisher + ".example");
        String manifest = new String(repository.manifest(fmri), StandardCharsets.UTF_8);
        int offset = 0;
        for (String line : manifest.split("\n")) {
          var action = ActionReader.read(line);
          // the packages were signed after the index was made
          for (Token token :
              action.type() == ActionType.SIGNATURE ? List.<Token>of() : ActionTokens.of(action)) {
            ours.add(
                String.join(
                    " | ",
                    token.text(),
                    action.type().word(),
                    token.key(),
                    token.value(),
                    name + " " + offset));
          }
          offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
      }
    }
    TreeSet<String> reference = reference(publisher);
    assertThat(reference).hasSizeGreaterThan(20);
    assertThat(minus(reference, ours)).as("what we do not find").isEmpty();
    assertThat(minus(ours, reference)).as("what only we find").isEmpty();
  }

  private static TreeSet<String> minus(TreeSet<String> all, TreeSet<String> those) {
    TreeSet<String> left = new TreeSet<>(all);
    left.removeAll(those);
    return left;
  }

  private static TreeSet<String> reference(String publisher) {
    List<String> names = SearchGolden.text(publisher + ".manf_list").lines().skip(1).toList();
    TreeSet<String> expected = new TreeSet<>();
    SearchGolden.text(publisher + ".main_dict")
        .lines()
        .skip(1)
        .forEach(line -> expand(line, names, expected));
    return expected;
  }

  private static void expand(String line, List<String> names, TreeSet<String> expected) {
    String[] words = line.split(" ");
    for (int w = 1; w < words.length; w++) {
      String[] keys = words[w].split("!");
      for (int k = 1; k < keys.length; k++) {
        String[] values = keys[k].split("@");
        for (int v = 1; v < values.length; v++) {
          String[] places = values[v].split("#");
          for (int p = 1; p < places.length; p++) {
            String[] numbers = places[p].split(",");
            for (int n = 1; n < numbers.length; n++) {
              expected.add(
                  String.join(
                      " | ",
                      SearchWire.decode(words[0]),
                      keys[0],
                      values[0],
                      SearchWire.decode(places[0]),
                      names.get(Integer.parseInt(numbers[0])) + " " + numbers[n]));
            }
          }
        }
      }
    }
  }

  @Test
  void licencesWithoutContentHashAreNotFound() {
    assertThat(ActionTokens.of(ActionReader.read("license 1234 license=BSD"))).isEmpty();
  }
}

package emblema.depot.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How paths are taken apart. */
class AddressTest {
  private static final Set<String> OPERATIONS = Set.of("file", "manifest", "versions", "close");

  private static String parse(String path) {
    Address address = Address.parse(path, OPERATIONS);
    return address.publisher().orElse("-")
        + " "
        + address.operation().orElse("-")
        + " "
        + address.version()
        + " "
        + address.arguments();
  }

  @Test
  void findsPublisherOperationVersionAndArguments() {
    assertThat(parse("/versions/0/")).isEqualTo("- versions 0 []");
    assertThat(parse("/versions/0")).isEqualTo("- versions 0 []");
    assertThat(parse("/versions")).isEqualTo("- versions  []");
    assertThat(parse("/a.example/file/1/ab")).isEqualTo("a.example file 1 [ab]");
    assertThat(parse("/manifest/0/base%2Fcore@1.0%2C5.11"))
        .isEqualTo("- manifest 0 [base/core@1.0,5.11]");
    assertThat(parse("/manifest/0/pkg://p/base/core"))
        .isEqualTo("- manifest 0 [pkg:, , p, base, core]");
    assertThat(parse("/nosuch/0")).isEqualTo("- -  [nosuch, 0]");
    assertThat(parse("/")).isEqualTo("- -  []");
  }

  @Test
  void decodesOnce() {
    assertThat(parse("/close/0/1_pkg%253A%252F")).isEqualTo("- close 0 [1_pkg%3A%2F]");
  }

  @Test
  void refusesPathsThatClimbAndWhatCannotBeDecoded() {
    for (String path :
        new String[] {
          "/file/1/../../pkg5.repository",
          "/file/1/%2e%2e/%2E%2E",
          "/./versions/0",
          "/file/1/%00",
          "/file/1/%0a",
          "/file/1/%zz",
          "/file/1/%",
          "/file/1/%ff%fe",
          "file/1",
        }) {
      assertThatThrownBy(() -> parse(path)).as(path).isInstanceOf(MalformedException.class);
    }
  }
}

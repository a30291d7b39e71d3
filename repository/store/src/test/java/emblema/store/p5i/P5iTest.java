package emblema.store.p5i;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class P5iTest {
  private static P5i read(String text) {
    return P5i.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "example.p5i");
  }

  @Test
  void readsAndWritesTheReferencesFilesByteForByte() throws IOException {
    for (String name : List.of("alpha.p5i", "beta.p5i", "packages.p5i")) {
      try (InputStream in =
          Objects.requireNonNull(getClass().getResourceAsStream("/golden/p5i/" + name))) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(read(text).toText()).as(name).isEqualTo(text);
      }
    }
  }

  @Test
  void knowsPublisherAddressesAndPackages() {
    P5i p5i =
        read(
            """
            {"packages": ["a"], "publishers": [{"alias": "ex", "name": "example.com",
             "packages": ["pkg:/b@1"], "repositories": [{"origins": ["http://a.example/"],
             "mirrors": ["http://m.example/"], "refresh_seconds": 100}]}], "version": 1}
            """);
    assertThat(p5i.packages()).containsExactly("a");
    P5i.Publisher publisher = p5i.publishers().getFirst();
    assertThat(publisher.prefix()).isEqualTo("example.com");
    assertThat(publisher.alias()).contains("ex");
    assertThat(publisher.packages()).containsExactly("pkg:/b@1");
    P5i.Repository repository = publisher.repository().orElseThrow();
    assertThat(repository.origins()).containsExactly("http://a.example/");
    assertThat(repository.mirrors()).containsExactly("http://m.example/");
    assertThat(repository.refreshSeconds()).contains(100L);
  }

  @Test
  void theLastRepositoryWinsAndUnknownMembersAreIgnored() {
    P5i p5i =
        read(
            """
            {"version": 1, "new": {}, "publishers": [{"name": "p", "repositories": [
              {"name": "one"}, {"name": "two", "sort_policy": "priority", "description": "None",
               "legal_uris": "no list"}]}]}
            """);
    P5i.Repository repository = p5i.publishers().getFirst().repository().orElseThrow();
    assertThat(repository.name()).contains("two");
    assertThat(repository.description()).isEqualTo(Optional.empty());
    assertThat(repository.legalUris()).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    refused("{}", "missing version");
    refused("{\"version\": \"x\"}", "invalid version");
    refused("{\"version\": 2}", "newer than this program knows");
    refused("[]", "JSON object");
    refused("{\"version\": 1, \"publishers\": [{\"name\": \"../x\"}]}", "publisher prefix");
    refused("{\"version\": 1, \"publishers\": [1]}", "not an object");
    refused(
        "{\"version\": 1, \"publishers\": [{\"name\": \"p\", \"repositories\":"
            + " [{\"origins\": [\"no address\"]}]}]}",
        "not an address");
    refused(
        "{\"version\": 1, \"publishers\": [{\"name\": \"p\", \"repositories\":"
            + " [{\"refresh_seconds\": -1}]}]}",
        "refresh_seconds");
    refused("{\"version\": 1, \"version\": 1}", "version");
    refused("<html>", "example.p5i");
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("example.p5i");
  }
}

package emblema.core.fmri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a/",
        "http://a:80/x",
        "https://a",
        "file:/a",
        "file:///a",
        "file://h/a",
        "file:///a b",
        "http://[::1]:80/"
      })
  void takes(String text) {
    assertThat(PublisherUrl.require(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://u:p@a/",
        "https://u@a/",
        "ftp://a/",
        "/a",
        "a",
        "",
        "http://",
        "http://a_b/",
        "http:///a",
        "http://a:x/",
        "http:a",
        "file:a",
        "http://a b/"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> PublisherUrl.require(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("'" + text + "' is not a valid publisher URI: ");
  }

  @Test
  void isStoredWithASlash() {
    assertThat(PublisherUrl.stored("http://a")).isEqualTo("http://a/");
    assertThat(PublisherUrl.stored("http://a/")).isEqualTo("http://a/");
  }
}

package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exchanges that were captured between a client of our own and the reference's depot, in their
 * order: same status, same bytes, same headers but for dates and names.
 */
class CapturedExchangesTest {
  private static final List<String> COMPARED =
      List.of(
          "content-type",
          "content-length",
          "content-range",
          "cache-control",
          "pragma",
          "accept-ranges",
          "x-catalog-type",
          "x-ipkg-attr-0",
          "x-ipkg-attr-1",
          "x-frame-options",
          "x-xss-protection",
          "content-security-policy",
          "package-fmri",
          "state");

  /** Exchanges in which we mean to differ, with our status; docs/comparison.md says why. */
  private static final Map<String, Integer> DIFFERENT =
      Map.of(
          "005-publisher1", 200,
          "007-publisher1-beta", 200,
          "046-p5i0-name2", 200,
          "081-add0-badattr", 400);

  @TempDir Path directory;

  /** Identifiers of transactions of then to those of now. */
  private final Map<String, String> renamed = new HashMap<>();

  private record Exchange(String name, byte[] request, RawResponse expected) {}

  private static List<Exchange> exchanges() throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    try (Stream<Path> files = Files.list(TestDepot.golden("http"))) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".request")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".request", "");
        byte[] request = Files.readAllBytes(file);
        byte[] response = Files.readAllBytes(file.resolveSibling(name + ".response"));
        boolean head = new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
        exchanges.add(
            new Exchange(
                name, request, RawResponse.read(new ByteArrayInputStream(response), head)));
      }
    }
    return exchanges;
  }

  @Test
  void answersAsTheReferenceDid() throws IOException {
    int compared = 0;
    try (TestDepot depot = TestDepot.of(TestDepot.goldenRepository(directory))) {
      depot.index();
      for (Exchange each : exchanges()) {
        compare(each, answer(depot, each));
        compared++;
      }
      assertThat(depot.log).isEmpty();
    }
    assertThat(compared).isGreaterThan(90);
  }

  /** The reference was asked slowly: what one depot says while it works is asked again. */
  private RawResponse answer(TestDepot depot, Exchange exchange) throws IOException {
    RawResponse response = depot.send(replaced(exchange.request()));
    while (response.status() == 503) {
      response = depot.send(replaced(exchange.request()));
    }
    return response;
  }

  private byte[] replaced(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    for (var each : renamed.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void compare(Exchange exchange, RawResponse actual) {
    RawResponse expected = exchange.expected();
    String name = exchange.name() + "\n" + actual.text();
    int status = DIFFERENT.getOrDefault(exchange.name(), expected.status());
    assertThat(actual.status()).as(name).isEqualTo(status);
    if (DIFFERENT.containsKey(exchange.name())) {
      return;
    }
    if (!expected.header("transaction-id").isEmpty()) {
      String now = actual.header("transaction-id");
      assertThat(now.replaceAll("[0-9]{10}_|[0-9]{8}T[0-9]{6}Z", ""))
          .isEqualTo(
              expected.header("transaction-id").replaceAll("[0-9]{10}_|[0-9]{8}T[0-9]{6}Z", ""));
      renamed.put(expected.header("transaction-id"), now);
    }
    if (status >= 400) {
      assertThat(actual.header("content-type")).startsWith("text/html");
      assertThat(actual.reason()).as(name).isEqualTo(reason(exchange));
      return;
    }
    for (String header : COMPARED) {
      boolean varies = header.equals("content-length") && varies(exchange.name());
      String wanted = expected.header(header);
      boolean streamed = header.equals("content-length") && actual.header(header).isEmpty();
      if (!wanted.isEmpty() && !varies && !streamed) {
        assertThat(actual.header(header)).as(header + " of " + name).isEqualTo(wanted);
      }
    }
    assertThat(actual.headers()).as(name).containsKeys("date", "server");
    if (expected.headers().containsKey("last-modified")) {
      assertThat(actual.headers()).as(name).containsKey("last-modified");
    }
    if (!varies(exchange.name())) {
      assertThat(actual.text()).as(exchange.name()).isEqualTo(expected.text());
      assertThat(actual.body()).as(exchange.name()).isEqualTo(expected.body());
    } else {
      assertThat(steady(actual.text())).as(exchange.name()).isEqualTo(steady(expected.text()));
    }
  }

  private static boolean varies(String name) {
    return name.contains("versions0") || name.contains("status0");
  }

  /** Without the server's version, what it does not offer yet, counts and times. */
  private static String steady(String text) {
    return text.replaceAll("pkg-server .*", "pkg-server X")
        .replace("processing", "online")
        .replaceAll("\"(catalog|file|manifests)\": [0-9]+", "\"$1\": N")
        .replaceAll("[0-9]{8}T[0-9]{6}.[0-9]{6}Z", "T");
  }

  private String reason(Exchange exchange) {
    return switch (exchange.name()) {
      case "043-info0-missing" ->
          "No manifest could be found for the FMRI: 'pkg:/nosuch@1.0,5.11:20250101T000001Z'";
      case "061-search1-two" -> "Queries can be given in the path or as a form, not both";
      case "077-open0-badfmri" -> "Illegal FMRI 'bad@@': Invalid Package Name: bad@";
      case "062-index0" -> "Unknown index subcommand:";
      // without the stray apostrophe
      case "088-append0-missing" ->
          "The specified FMRI, 'pkg:/nosuch@1.0,5.11', has an invalid version";
      default -> {
        String text = exchange.expected().reason();
        for (var each : renamed.entrySet()) {
          text = text.replace(each.getKey(), each.getValue());
        }
        yield text;
      }
    };
  }
}

package emblema.image.trust;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Downloads with the JDK's client, bounded in time and size. */
public final class SmallDownload implements Download {
  private static final int LARGEST = 16 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public byte[] get(String uri) throws IOException {
    URI address;
    try {
      address = URI.create(uri);
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + uri + "' is not an address", e);
    }
    return switch (String.valueOf(address.getScheme())) {
      case "http", "https" -> http(address);
      case "file" -> file(address);
      default -> throw new IOException("'" + uri + "' is of no kind that is fetched");
    };
  }

  private static byte[] file(URI address) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(address))) {
      return bounded(in, address);
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + address + "' is not a file of this machine", e);
    }
  }

  private static byte[] http(URI address) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("'" + address + "' answers " + response.statusCode());
        }
        return bounded(in, address);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + address + "' cannot be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static byte[] bounded(InputStream in, URI address) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException("'" + address + "' is larger than any such file");
    }
    return bytes;
  }
}

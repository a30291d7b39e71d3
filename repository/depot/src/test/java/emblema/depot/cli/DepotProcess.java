package emblema.depot.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real command in a process of its own. */
public final class DepotProcess implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile(".* on (https?)://.*:([0-9]+)/");

  private final Process process;
  private final int port;
  private final List<String> lines = new ArrayList<>();

  private DepotProcess(Process process) throws IOException {
    this.process = process;
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    int found = 0;
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      lines.add(line);
      Matcher matcher = SERVING.matcher(line);
      if (matcher.matches()) {
        found = Integer.parseInt(matcher.group(2));
        break;
      }
    }
    port = found;
    // the pipe must not fill
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                err.transferTo(java.io.Writer.nullWriter());
              } catch (IOException e) {
                // the process has ended
              }
            });
  }

  /** Starts one on a free port, and waits until it serves or has ended. */
  public static DepotProcess start(Path repository, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            Objects.requireNonNull(System.getProperty("java.class.path")),
            "emblema.depot.cli.Depotd",
            "-d",
            repository.toString(),
            "-p",
            "0"));
    command.addAll(List.of(options));
    return new DepotProcess(
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** What it said before it served. */
  public List<String> lines() {
    return lines;
  }

  public int port() {
    return port;
  }

  /** SIGTERM; the status. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int status() throws InterruptedException {
    return process.waitFor();
  }

  HttpResponse<String> get(HttpClient client, String scheme, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}

package emblema.depot.web;

import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A Chromium without a screen, told what to do through its debugging protocol. */
final class Browser implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Json.Members>> waiting = new ConcurrentHashMap<>();

  /** Messages that the page wrote, and what its policy refused. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private volatile CompletableFuture<String> loaded = new CompletableFuture<>();

  private Browser(Process process, URI address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The program, if this machine has it. */
  static Optional<Path> program() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param directory for its files
   */
  static Browser start(Path program, Path directory) throws Exception {
    Path log = directory.resolve("chromium.log");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + directory,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    try {
      Path port = directory.resolve("DevToolsActivePort");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException("the browser does not start: " + Files.readString(log));
        }
        Thread.sleep(50);
      }
      return new Browser(process, page(Files.readAllLines(port).getFirst()));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static URI page(String port) throws IOException {
    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
    try (var in = list.toURL().openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int at = text.indexOf("ws://", text.indexOf("\"type\": \"page\"") - 1);
      return URI.create(text.substring(at, text.indexOf('"', at)));
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        message.setLength(0);
        take(JsonReader.readMembers(new ByteArrayInputStream(bytes), "browser"));
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void take(Json.Members message) {
    Optional<Json> id = message.find("id");
    if (id.isPresent() && id.get() instanceof Json.Number number) {
      CompletableFuture<Json.Members> answer = waiting.remove(Integer.parseInt(number.digits()));
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    String method = message.text("method").orElse("");
    if (method.equals("Page.loadEventFired")) {
      loaded.complete("");
    } else if (method.equals("Log.entryAdded") || method.equals("Runtime.exceptionThrown")) {
      complaints.add(message.toString());
    }
  }

  /** One command and its result. */
  Json.Members send(String method, String parameters) throws Exception {
    int number = numbers.incrementAndGet();
    CompletableFuture<Json.Members> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    String text =
        "{\"id\":" + number + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void prepare() throws Exception {
    for (String domain : List.of("Page", "Log", "Runtime")) {
      send(domain + ".enable", "{}");
    }
  }

  void view(int width, int height, boolean phone, boolean dark) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":"
            + width
            + ",\"height\":"
            + height
            + ",\"deviceScaleFactor\":1,\"mobile\":"
            + phone
            + "}");
    send(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
            + (dark ? "dark" : "light")
            + "\"}]}");
  }

  void scripts(boolean on) throws Exception {
    send("Emulation.setScriptExecutionDisabled", "{\"value\":" + !on + "}");
  }

  void open(String address) throws Exception {
    loaded = new CompletableFuture<>();
    send("Page.navigate", "{\"url\":\"" + address + "\"}");
    loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** What an expression is, as text. */
  String evaluate(String expression) throws Exception {
    String quoted = expression.replace("\\", "\\\\").replace("\"", "\\\"");
    Json.Members answer = send("Runtime.evaluate", "{\"expression\":\"String(" + quoted + ")\"}");
    return answer
        .find("result")
        .filter(Json.Members.class::isInstance)
        .flatMap(result -> ((Json.Members) result).find("result"))
        .filter(Json.Members.class::isInstance)
        .flatMap(result -> ((Json.Members) result).text("value"))
        .orElse("");
  }

  void type(String text) throws Exception {
    List<String> letters = new ArrayList<>(List.of(text.split("")));
    for (String letter : letters) {
      send("Input.insertText", "{\"text\":\"" + letter + "\"}");
    }
  }

  void screenshot(Path file) throws Exception {
    Json.Members answer =
        send("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":false}");
    String data =
        answer
            .find("result")
            .filter(Json.Members.class::isInstance)
            .flatMap(result -> ((Json.Members) result).text("data"))
            .orElse("");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}

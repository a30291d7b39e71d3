package emblema.depot.operation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code versions/0}: the first line is {@code pkg-server} and the server's version; then one line
 * an operation, its name and its versions parted by blanks, sorted by name.
 */
final class VersionsOperation implements Operation {
  static final String CONTENT_TYPE = "text/plain;charset=utf-8";

  private final String server;
  private final Freshness freshness;
  private volatile String text = "";

  VersionsOperation(String server, Freshness freshness) {
    this.server = server;
    this.freshness = freshness;
  }

  /** Told once which operations are served, itself among them. */
  void served(List<Operation> operations) {
    SortedMap<String, String> lines = new TreeMap<>();
    for (Operation each : operations) {
      String versions =
          each.versions().stream().map(String::valueOf).collect(Collectors.joining(" "));
      lines.put(each.name(), each.name() + " " + versions + "\n");
    }
    text = "pkg-server " + server + "\n" + String.join("", lines.values());
  }

  @Override
  public String name() {
    return "versions";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0);
  }

  @Override
  public Access access() {
    return Access.ALWAYS;
  }

  @Override
  public Response answer(Call call) {
    return freshness.keep(Response.text(CONTENT_TYPE, text), Freshness.VERSIONS);
  }
}

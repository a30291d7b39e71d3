package emblema.image.image;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A place from which a publisher's packages come.
 *
 * @param uri with a slash at its end
 * @param proxy the proxy's address, or empty
 */
public record Endpoint(String uri, String proxy, boolean enabled) {
  public Endpoint {
    uri = uri.endsWith("/") ? uri : uri + "/";
  }

  public Endpoint(String uri) {
    this(uri, "", true);
  }

  public Endpoint enabled(boolean on) {
    return new Endpoint(uri, proxy, on);
  }

  SequencedMap<String, String> toMap() {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    map.put("uri", uri);
    map.put("proxy", proxy);
    map.put("disabled", enabled ? "false" : "true");
    return map;
  }
}

package emblema.store.http;

import emblema.core.error.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request takes: as the variables {@code http_proxy}, {@code https_proxy}, {@code
 * all_proxy} and {@code no_proxy} say, or else as the publisher's configuration does. This machine
 * itself is never asked through a proxy. A proxy's address may hold user and password.
 *
 * @param http for {@code http} addresses, or empty
 * @param https for {@code https} addresses, or empty
 * @param none host names, domains and {@code *} that are asked directly
 */
public record Proxies(String http, String https, List<String> none) {
  /** Everything directly. */
  public static final Proxies DIRECT = new Proxies("", "", List.of());

  public Proxies {
    none = List.copyOf(none);
  }

  /** What the environment says; lower-case names win, as in the reference's library. */
  public static Proxies of(Map<String, String> environment) {
    String all = first(environment, "all_proxy", "ALL_PROXY");
    // HTTP_PROXY in upper case can be set by a request header where this runs below a web server
    String http = first(environment, "http_proxy");
    String https = first(environment, "https_proxy", "HTTPS_PROXY");
    List<String> none = new ArrayList<>();
    for (String name : first(environment, "no_proxy", "NO_PROXY").split("[,\\s]+", -1)) {
      if (!name.isEmpty()) {
        none.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return new Proxies(http.isEmpty() ? all : http, https.isEmpty() ? all : https, none);
  }

  private static String first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** These with a proxy of the publisher's own, which the environment's take precedence over. */
  public Proxies orElse(String configured) {
    return new Proxies(
        http.isEmpty() ? configured : http, https.isEmpty() ? configured : https, none);
  }

  /** The proxy for an address; nothing if it is asked directly. */
  public Optional<InetSocketAddress> proxyFor(URI target) {
    return typedFor(target)
        .map(Proxies::address)
        .map(
            uri ->
                InetSocketAddress.createUnresolved(
                    uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()));
  }

  /** What a request to an address says to its proxy, if that has user and password. */
  Optional<String> authorizationFor(URI target) {
    return typedFor(target)
        .map(Proxies::address)
        .flatMap(uri -> Optional.ofNullable(uri.getUserInfo()))
        .map(user -> user.contains(":") ? user : user + ":")
        .map(
            user ->
                "Basic "
                    + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<String> typedFor(URI target) {
    String host = Optional.ofNullable(target.getHost()).orElse("").toLowerCase(Locale.ROOT);
    String proxy = "https".equalsIgnoreCase(target.getScheme()) ? https : http;
    return proxy.isEmpty() || isDirect(host) ? Optional.empty() : Optional.of(proxy);
  }

  private boolean isDirect(String host) {
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    for (String name : none) {
      String plain = name.startsWith(".") ? name.substring(1) : name;
      if (name.equals("*") || host.equals(plain) || host.endsWith("." + plain)) {
        return true;
      }
    }
    return false;
  }

  private static URI address(String proxy) {
    String text = proxy.contains("://") ? proxy : "http://" + proxy;
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    int user = proxy.lastIndexOf('@');
    throw new UsageException(
        "'"
            + (user < 0 ? "" : "...")
            + proxy.substring(Math.max(user, 0))
            + "' is not the address of a proxy",
        "write http://host:port or http://user:password@host:port, with %XX for characters that"
            + " are special in addresses");
  }

  /** For the JDK's client. */
  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return proxyFor(uri)
            .map(
                address ->
                    List.of(
                        new Proxy(
                            Proxy.Type.HTTP,
                            new InetSocketAddress(address.getHostString(), address.getPort()))))
            .orElse(List.of(Proxy.NO_PROXY));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the request fails, and says so
      }
    };
  }
}

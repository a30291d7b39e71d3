package emblema.store.http;

import emblema.core.error.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How depots are asked (spec depot-protocol, sections 11.1 and 11.2).
 *
 * @param client the program's name, told to servers
 * @param proxies from the environment
 * @param connectTimeout until a connection stands
 * @param stall a transfer, or the wait for an answer, that makes no progress for so long is given
 *     up and tried again
 * @param slowest bytes a second; a transfer that stays below for {@code stall} counts as stalled
 * @param attempts how often one request is tried in all
 * @param pause before the second attempt; doubles from then on
 * @param parallel transfers from one depot at a time
 * @param jitter spreads the pauses of many clients
 * @param temporary a directory for what is uploaded and too large for memory
 * @param trusted PEM files with authorities that are trusted besides those of the Java runtime
 */
public record HttpSettings(
    String client,
    Proxies proxies,
    Duration connectTimeout,
    Duration stall,
    long slowest,
    int attempts,
    Duration pause,
    int parallel,
    RandomGenerator jitter,
    Path temporary,
    List<Path> trusted) {

  /** Where systems keep the authorities they trust. */
  private static final List<Path> SYSTEM_TRUST =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/cert.pem"));

  public HttpSettings {
    trusted = List.copyOf(trusted);
  }

  /** The longest pause, also where a server asks for more. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /** The reference's values, with the variables that change them. */
  public static HttpSettings of(String client, Map<String, String> environment) {
    return new HttpSettings(
        client,
        Proxies.of(environment),
        Duration.ofSeconds(number(environment, "PKG_CLIENT_CONNECT_TIMEOUT", 60)),
        Duration.ofSeconds(number(environment, "PKG_CLIENT_LOWSPEED_TIMEOUT", 30)),
        1024,
        number(environment, "PKG_CLIENT_MAX_TIMEOUT", 4),
        Duration.ofMillis(250),
        20,
        RandomGenerator.of("L64X128MixRandom"),
        Path.of(environment.getOrDefault("TMPDIR", "/var/tmp")),
        trusted(environment));
  }

  private static List<Path> trusted(Map<String, String> environment) {
    String file = environment.getOrDefault("SSL_CERT_FILE", "");
    return file.isEmpty()
        ? SYSTEM_TRUST.stream().filter(Files::isRegularFile).limit(1).toList()
        : List.of(Path.of(file));
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new UsageException("'" + name + "' must be a number above 0, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  /** These with shorter waits, for tests and for quick questions. */
  public HttpSettings withPatience(int tries, Duration quiet, Duration firstPause) {
    return new HttpSettings(
        client,
        proxies,
        quiet,
        quiet,
        slowest,
        tries,
        firstPause,
        parallel,
        jitter,
        temporary,
        trusted);
  }

  /** As servers see this program. */
  String userAgent() {
    return "pkg/emblema (linux; none; none; " + client + ")";
  }

  /** How long to wait before an attempt, from the second on. */
  Duration pauseBefore(int attempt) {
    long millis = pause.toMillis() << Math.min(attempt - 2, 10);
    long spread = millis / 2 + (millis < 2 ? 0 : jitter.nextLong(millis));
    return Duration.ofMillis(Math.min(spread, LONGEST_PAUSE.toMillis()));
  }
}

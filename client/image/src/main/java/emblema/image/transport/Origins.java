package emblema.image.transport;

import emblema.store.address.Repositories;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import emblema.store.http.SmallDownload;
import emblema.store.origin.Origin;
import java.nio.file.Path;
import java.util.Map;

/** Origins by their addresses: directories and archives of this machine, depots. */
public record Origins(Repositories repositories) implements OriginOpener {

  /**
   * @param directory against which relative paths are resolved
   * @param environment for proxies and time limits
   */
  public Origins(Path directory, Map<String, String> environment) {
    this(new Repositories(directory, HttpSettings.of("pkg", environment)));
  }

  @Override
  public Origin open(String uri, Access access) {
    return repositories.open(uri, access);
  }

  @Override
  public byte[] document(String uri) {
    return new SmallDownload(repositories.settings()).get(uri);
  }

  /** The address in the form that configurations hold: absolute, with a slash at its end. */
  public String normalize(String typed) {
    return repositories.address(typed).text();
  }
}

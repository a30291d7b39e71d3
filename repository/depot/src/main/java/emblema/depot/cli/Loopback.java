package emblema.depot.cli;

import emblema.core.error.NotFoundException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses only this machine can reach. */
final class Loopback {
  private Loopback() {}

  static boolean areAll(List<String> addresses) {
    return addresses.stream().allMatch(Loopback::is);
  }

  private static boolean is(String address) {
    try {
      for (InetAddress each : InetAddress.getAllByName(address)) {
        if (!each.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new NotFoundException("the address '" + address + "' is unknown");
    }
  }
}

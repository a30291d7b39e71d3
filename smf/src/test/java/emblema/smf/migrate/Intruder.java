package emblema.smf.migrate;

import emblema.core.io.Disk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who changes the tree just before or after a call that reaches the disk. */
final class Intruder {
  /** What the intruder does. */
  interface Deed {
    void run() throws Exception;
  }

  private Intruder() {}

  /** Once, before the first such call. */
  static Disk before(Disk disk, String verb, Deed deed) {
    return around(disk, verb, 1, deed, true);
  }

  /** After so many such calls. */
  static Disk after(Disk disk, String verb, int times, Deed deed) {
    return around(disk, verb, times, deed, false);
  }

  private static Disk around(Disk disk, String verb, int times, Deed deed, boolean isBefore) {
    AtomicInteger left = new AtomicInteger(times);
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              boolean isTime =
                  method.getName().equals(verb) && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
              if (isTime && isBefore) {
                deed.run();
              }
              Object result;
              try {
                result = method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              if (isTime && !isBefore) {
                deed.run();
              }
              return result;
            });
  }
}

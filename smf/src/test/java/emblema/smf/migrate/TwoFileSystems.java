package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;

/** A disk on which one directory seems to be another file system: nothing is renamed into it. */
final class TwoFileSystems {
  private static final Set<String> BOUND =
      Set.of("rename", "renameNoReplace", "exchange", "link", "share");

  private TwoFileSystems() {}

  static Disk over(Disk disk, SafePath mount) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              if (BOUND.contains(method.getName())
                  && given[0] instanceof SafePath from
                  && given[1] instanceof SafePath to
                  && from.startsWith(mount) != to.startsWith(mount)) {
                throw new ConflictException("cannot rename '" + from + "': other file system");
              }
              try {
                Object result = method.invoke(disk, given);
                return result instanceof Optional<?> found
                        && found.isPresent()
                        && found.get() instanceof Stat stat
                        && given[0] instanceof SafePath path
                        && path.startsWith(mount)
                    ? Optional.of(onOtherDevice(stat))
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private static Stat onOtherDevice(Stat s) {
    return new Stat(
        s.kind(),
        s.mode(),
        s.uid(),
        s.gid(),
        s.size(),
        s.links(),
        s.device() + 1_000_000,
        s.inode(),
        s.rawDevice(),
        s.allocated(),
        s.fixed(),
        s.mtime(),
        s.atime(),
        s.ctime());
  }
}

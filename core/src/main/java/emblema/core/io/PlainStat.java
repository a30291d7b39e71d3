package emblema.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the JDK tells about one object; symbolic links are not followed. */
final class PlainStat {
  private PlainStat() {}

  /** By name: asking for all would also look up the names of owner and group, which is slow. */
  private static final String NUMBERS =
      "unix:mode,uid,gid,size,nlink,dev,ino,rdev,lastModifiedTime,lastAccessTime,ctime";

  static Stat of(Path path) throws IOException {
    Map<String, Object> a = Files.readAttributes(path, NUMBERS, LinkOption.NOFOLLOW_LINKS);
    int mode = number(a, "mode").intValue();
    long size = number(a, "size").longValue();
    return new Stat(
        StatModes.kind(mode),
        mode & 07777,
        number(a, "uid").intValue(),
        number(a, "gid").intValue(),
        size,
        number(a, "nlink").longValue(),
        StatModes.majorAndMinor(number(a, "dev").longValue()),
        number(a, "ino").longValue(),
        StatModes.majorAndMinor(number(a, "rdev").longValue()),
        size,
        false,
        time(a, "lastModifiedTime"),
        time(a, "lastAccessTime"),
        time(a, "ctime"));
  }

  private static Number number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number : 0;
  }

  private static long time(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
  }
}

package emblema.core.io;

import emblema.core.error.AccessException;
import java.io.OutputStream;

/**
 * A tree that can only be looked at, because it is not on a file system: each changing verb is an
 * {@code AccessException}. Nothing in it has to be made durable.
 */
public interface ReadOnlyDisk extends Disk {
  /** What a changing verb throws. */
  default AccessException refusal(SafePath path) {
    return new AccessException("'" + describe(path) + "' can only be read");
  }

  @Override
  default boolean isPrivileged() {
    return false;
  }

  @Override
  default Space space(SafePath path) {
    return new Space(0, 0, 0, 0);
  }

  @Override
  default void makeDirectory(SafePath directory, int mode) {
    throw refusal(directory);
  }

  @Override
  default OutputStream create(SafePath file, int mode) {
    throw refusal(file);
  }

  @Override
  default OutputStream append(SafePath file) {
    throw refusal(file);
  }

  @Override
  default void patch(SafePath file, long offset, byte[] bytes) {
    throw refusal(file);
  }

  @Override
  default void symlink(String target, SafePath link) {
    throw refusal(link);
  }

  @Override
  default void link(SafePath existing, SafePath name) {
    throw refusal(name);
  }

  @Override
  default void makeNode(SafePath path, Stat.Kind kind, int mode, long rawDevice) {
    throw refusal(path);
  }

  @Override
  default void clone(SafePath file, SafePath copy, int mode) {
    throw refusal(copy);
  }

  @Override
  default void rename(SafePath from, SafePath to) {
    throw refusal(to);
  }

  @Override
  default void renameNoReplace(SafePath from, SafePath to) {
    throw refusal(to);
  }

  @Override
  default void exchange(SafePath one, SafePath other) {
    throw refusal(other);
  }

  @Override
  default void remove(SafePath path) {
    throw refusal(path);
  }

  @Override
  default void removeDirectory(SafePath directory) {
    throw refusal(directory);
  }

  @Override
  default void setMode(SafePath path, int mode) {
    throw refusal(path);
  }

  @Override
  default void setOwner(SafePath path, int uid, int gid) {
    throw refusal(path);
  }

  @Override
  default void setTimes(SafePath path, long atime, long mtime) {
    throw refusal(path);
  }

  @Override
  default void setExtendedAttribute(SafePath path, String name, byte[] value) {
    throw refusal(path);
  }

  @Override
  default void removeExtendedAttribute(SafePath path, String name) {
    throw refusal(path);
  }

  @Override
  default void sync(SafePath path) {}

  @Override
  default void syncAll() {}
}

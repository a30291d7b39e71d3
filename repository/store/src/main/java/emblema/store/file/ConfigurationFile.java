package emblema.store.file;

import emblema.core.config.Ini;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Finds a repository's configuration file, and with it the version (spec repository, section 1).
 */
record ConfigurationFile(Disk disk, SafePath path, int version) {
  private static final int NEWEST = 4;
  private static final SafePath VERSION_4_FILE = new SafePath("pkg5.repository");
  private static final SafePath VERSION_3_FILE = new SafePath("cfg_cache");
  private static final List<String> VERSION_3_DIRECTORIES =
      List.of("catalog", "file", "index", "pkg", "trans", "tmp");

  static ConfigurationFile find(Disk disk) {
    boolean old = isFile(disk, VERSION_3_FILE) && !isFile(disk, VERSION_4_FILE);
    SafePath path = old ? VERSION_3_FILE : VERSION_4_FILE;
    Optional<Integer> stated = isFile(disk, path) ? statedVersion(disk, path) : Optional.empty();
    int version =
        stated
            .or(() -> guessedVersion(disk))
            .orElseThrow(() -> noRepository(disk.root().toString()));
    if (version > NEWEST) {
      throw new ConflictException(
          "the repository at '"
              + disk.root()
              + "' is of version '"
              + version
              + "'; the newest supported version is '"
              + NEWEST
              + "'");
    }
    if (version < 3) {
      throw new ConflictException(
          "the repository at '" + disk.root() + "' is of version '" + version + "'",
          "open it once with the tools that made it, which convert it to version 3");
    }
    if (stated.isEmpty() && version == 4 && disk.stat(new SafePath("publisher")).isEmpty()) {
      throw noRepository(disk.root().toString());
    }
    return new ConfigurationFile(disk, path, version);
  }

  private static boolean isFile(Disk disk, SafePath path) {
    return disk.stat(path).filter(Stat::isFile).isPresent();
  }

  private static Optional<Integer> statedVersion(Disk disk, SafePath path) {
    String text = new String(disk.readBytes(path), StandardCharsets.UTF_8);
    return Ini.read(text, disk.describe(path))
        .value("repository", "version")
        .filter(number -> number.matches("[0-9]{1,4}"))
        .map(Integer::valueOf);
  }

  private static Optional<Integer> guessedVersion(Disk disk) {
    if (disk.stat(new SafePath("publisher")).isPresent()) {
      return Optional.of(4);
    }
    if (disk.stat(new SafePath("catalog/attrs")).isPresent()) {
      return Optional.of(2);
    }
    return disk.stat(new SafePath("catalog")).map(ignored -> 3);
  }

  static NotFoundException noRepository(String path) {
    return new NotFoundException(
        "the path '" + path + "' does not contain a valid package repository",
        "make one with 'pkgrepo create " + path + "'");
  }

  /** Begins a repository in an empty directory; a lone {@code .zfs} does not count. */
  static ConfigurationFile create(Disk disk, int version) {
    if (version != 3 && version != 4) {
      throw new MalformedException("'" + version + "' is not a repository version: use 3 or 4");
    }
    List<String> names = disk.list(SafePath.ROOT);
    if (!names.isEmpty() && !names.equals(List.of(".zfs"))) {
      throw new ConflictException(
          "a package repository (or a directory with content) already exists at '"
              + disk.root()
              + "/'");
    }
    if (version == 3) {
      VERSION_3_DIRECTORIES.forEach(
          name -> disk.makeDirectory(new SafePath(name), PublisherStore.DIRECTORY_MODE));
    }
    ConfigurationFile file =
        new ConfigurationFile(disk, version == 3 ? VERSION_3_FILE : VERSION_4_FILE, version);
    file.write(RepositoryConfiguration.initial(version));
    return file;
  }

  RepositoryConfiguration read() {
    byte[] bytes = isFile(disk, path) ? disk.readBytes(path) : new byte[0];
    return RepositoryConfiguration.parse(bytes, disk.describe(path), version);
  }

  void write(RepositoryConfiguration configuration) {
    AtomicFile.write(
        disk, path, PublisherStore.FILE_MODE, configuration.toBytes(), Durability.FULL);
  }
}

package emblema.smf.migrate;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file that remembers what was moved from where to where, across runs. */
final class MigrationLog implements AutoCloseable {
  private static final long LARGEST = 16L << 20;

  private final Disk disk;
  private final SafePath path;
  private final String environment;
  private final String stamp;
  private final OutputStream out;

  private MigrationLog(
      Disk disk, SafePath path, String environment, String stamp, OutputStream out) {
    this.disk = disk;
    this.path = path;
    this.environment = environment;
    this.stamp = stamp;
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  static MigrationLog open(Disk disk, StateDirectory state, String environment, String stamp) {
    SafePath path = state.log();
    Optional<Stat> stat = disk.stat(path);
    if (stat.isPresent() && stat.get().size() > LARGEST) {
      disk.rename(path, state.oldLog());
      stat = Optional.empty();
    }
    OutputStream out;
    if (stat.isEmpty()) {
      out = disk.create(path, 0644);
      disk.sync(state.path());
    } else {
      out = disk.append(path);
    }
    MigrationLog log = new MigrationLog(disk, path, environment, stamp, out);
    if (stat.isPresent() && stat.get().size() > 0) {
      log.write("\n"); // After a crash the last line may be torn; readers skip empty lines.
    }
    return log;
  }

  void add(Instant time, int batch, Change change) {
    write(
        String.join(
                "\t",
                time.truncatedTo(ChronoUnit.SECONDS).toString(),
                environment,
                stamp + "." + batch,
                change.outcome().word(),
                PathText.escape(change.from()),
                PathText.escape(change.to()),
                PathText.escape(change.note()))
            + "\n");
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure("write", disk.describe(path), e);
    }
  }

  void sync() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure("write", disk.describe(path), e);
    }
    disk.sync(path);
  }

  /** The staged paths that the log has lines of, for one batch of one run. */
  static Set<String> logged(Disk disk, StateDirectory state, String stamp, int batch) {
    Set<String> logged = new HashSet<>();
    if (disk.stat(state.log()).isEmpty()) {
      return logged;
    }
    String wanted = stamp + "." + batch;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(disk.read(state.log()), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split("\t", -1);
        if (fields.length == 7 && fields[2].equals(wanted)) {
          logged.add(PathText.unescape(fields[4]));
        }
      }
    } catch (IOException e) {
      throw failure("read", disk.describe(state.log()), e);
    }
    return logged;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failure("write", disk.describe(path), e);
    }
  }

  private static StorageException failure(String doing, String path, IOException e) {
    return new StorageException(
        "cannot " + doing + " '" + path + "'", e.getMessage(), List.of(), e);
  }
}

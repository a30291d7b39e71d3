package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.manifest.ChecklistWriter;
import emblema.flash.manifest.Line;
import emblema.flash.select.Selection;
import emblema.flash.tree.MemberSource;
import emblema.flash.tree.Scope;
import emblema.flash.tree.TreeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What an image has new or changed against another, as members. The comparison is made once; its
 * results wait in files of the workplace.
 */
final class Differential implements MemberSource {
  private final Disk after;
  private final Workplace workplace;
  private final LinkNames names;
  private final EventSink events;
  private long objects;
  private long bytes;
  private long deletions;

  private Differential(Disk after, Workplace workplace, LinkNames names, EventSink events) {
    this.after = after;
    this.workplace = workplace;
    this.names = names;
    this.events = events;
  }

  /**
   * Compares.
   *
   * @param scope the selection, and what else is left out of both images
   * @param isDeep whether files that agree in everything else are read
   * @param hasManifest whether a manifest is wanted, which cannot hold every name
   */
  static Differential of(
      Disk before,
      Disk after,
      Selection selection,
      Scope scope,
      boolean isDeep,
      boolean hasManifest,
      Workplace workplace,
      EventSink events) {
    Disk disk = workplace.disk();
    Differential result = new Differential(after, workplace, LinkNames.of(after, scope), events);
    try (OutputStream manifest = disk.create(Workplace.MANIFEST, 0600);
        OutputStream changed = disk.create(Workplace.CHANGED, 0600);
        OutputStream deleted = disk.create(Workplace.DELETED, 0600)) {
      ChecklistWriter checklist = new ChecklistWriter(manifest);
      Comparison.Record results =
          new Comparison.Record() {
            @Override
            public void manifest(Line line) throws IOException {
              if (hasManifest) {
                checklist.write(line);
              }
            }

            @Override
            public void changed(String path) throws IOException {
              result.count(path);
              changed.write(OsNames.encode(path + "\0"));
            }

            @Override
            public void deleted(String path) throws IOException {
              result.deletions++;
              deleted.write(OsNames.encode(path + "\0"));
            }
          };
      new Comparison(before, after, selection, scope, result.names, isDeep, results).run();
      checklist.finish();
    } catch (IOException e) {
      throw Scratch.unwritable(disk, Workplace.MANIFEST, e);
    }
    return result;
  }

  private void count(String path) {
    objects++;
    after
        .stat(SafePath.of(path))
        .filter(Stat::isFile)
        .filter(stat -> names.of(path, stat).getFirst().equals(path))
        .ifPresent(stat -> bytes += stat.size());
  }

  TreeSource.Size size() {
    return new TreeSource.Size(objects, bytes);
  }

  /** How many objects are to be deleted on the clones. */
  long deletions() {
    return deletions;
  }

  @Override
  public void each(Visitor visitor) {
    try (InputStream in =
        new BufferedInputStream(workplace.disk().read(Workplace.CHANGED), 1 << 16)) {
      ByteArrayOutputStream path = new ByteArrayOutputStream();
      for (int one = in.read(); one >= 0; one = in.read()) {
        if (one != 0) {
          path.write(one);
        } else {
          show(OsNames.decode(path.toByteArray()), visitor);
          path.reset();
        }
      }
    } catch (IOException e) {
      throw Scratch.unwritable(workplace.disk(), Workplace.CHANGED, e);
    }
  }

  private void show(String path, Visitor visitor) {
    SafePath place = SafePath.of(path);
    Optional<Stat> stat;
    try {
      stat = after.stat(place);
    } catch (ConflictException e) {
      stat = Optional.empty(); // A directory on the way became a link.
    }
    if (stat.isEmpty()) {
      events.emit(new Event.Warning("'" + path + "' is gone meanwhile: left out"));
      return;
    }
    int links = names.of(path, stat.get()).size();
    visitor.member(
        TreeSource.member(path, stat.get(), links, after, place), () -> after.read(place));
  }
}

package emblema.image.apply;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.action.LinkAction;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.image.plan.Salvage;
import emblema.image.plan.Step;
import emblema.image.plan.Transition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Real contents and actions for tests of the applier; root's numbers are this process's own. */
final class Fixture implements Payloads {
  static final Fmri OLD = Fmri.parse("pkg://example.com/app@1.0:20260101T000000Z");
  static final Fmri NEW = Fmri.parse("pkg://example.com/app@2.0:20260201T000000Z");
  static final SafePath METADATA = new SafePath("var/pkg");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Map<String, byte[]> stored = new HashMap<>();

  FileAction file(String path, String content, String more) {
    try {
      ByteArrayOutputStream gzip = new ByteArrayOutputStream();
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      var facts = PayloadGzip.write(new ByteArrayInputStream(bytes), bytes.length, gzip);
      stored.put(facts.sha1(), gzip.toByteArray());
      return (FileAction)
          facts.applyTo(
              ActionReader.read(
                  "file NOHASH path=" + path + " mode=0644 owner=root group=root " + more));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static DirectoryAction directory(String path, String more) {
    return (DirectoryAction)
        ActionReader.read("dir path=" + path + " mode=0755 owner=root group=root " + more);
  }

  static LinkAction link(String path, String target) {
    return (LinkAction) ActionReader.read("link path=" + path + " target=" + target);
  }

  static Step put(@Nullable FileAction before, FileAction after) {
    return new Step.PutFile(
        NEW, before, after, before == null ? Transition.NEW_PACKAGE : Transition.UPGRADE, null);
  }

  /** A payload whose bytes are not what its action promises. */
  void damage(FileAction action) {
    String name = String.valueOf(action.payload());
    byte[] other = stored.get(file("other", "something else", "").payload());
    stored.put(name, other);
  }

  @Override
  public InputStream open(Fmri owner, Action action) {
    return new ByteArrayInputStream(stored.get(String.valueOf(action.payload())));
  }

  Applied apply(Disk disk, Salvage salvage, List<Step> steps) {
    WorkArea area = new WorkArea(disk, METADATA, Durability.FULL);
    Applied applied =
        new Applier(disk, METADATA, this, Durability.FULL, EventSink.QUIET)
            .apply(steps, salvage, NOW, "done".getBytes(StandardCharsets.UTF_8));
    area.discard();
    return applied;
  }

  static void image(Path root) throws IOException {
    Files.createDirectories(root.resolve("var/pkg"));
  }

  static void write(Path file, String content) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, content);
  }
}

package emblema.flash.create;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.flash.archive.SectionName;
import emblema.flash.codec.UuOutputStream;
import emblema.flash.tree.MemberSource;
import emblema.flash.tree.Scope;
import emblema.flash.tree.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/**
 * The sections of the software between identification and summary: the manifest, and what
 * deployment needs as uuencoded, compressed streams (spec flash-archive, section 5).
 */
final class DeploymentSections {
  private static final List<String> PHASES =
      List.of(SectionName.PREDEPLOYMENT, SectionName.POSTDEPLOYMENT, SectionName.REBOOT);

  private final Workplace workplace;
  private final PayloadForm form;
  private final long latest;
  private final EventSink events;

  /**
   * @param latest the archive's date in seconds since the epoch: what is made for these sections is
   *     not younger, so that the same image makes the same archive
   */
  DeploymentSections(Workplace workplace, PayloadForm form, long latest, EventSink events) {
    this.latest = latest;
    this.workplace = workplace;
    this.form = new PayloadForm(form.method(), true);
    this.events = events;
  }

  /** Writes them into one file of the workplace. */
  void prepare(boolean hasManifest) {
    Disk disk = workplace.disk();
    for (String step : List.of("predeployment_processing", "postdeployment_processing")) {
      workplace.write(SafePath.of(step), 0755, Tools.text(step));
    }
    SafePath file = Workplace.SECTIONS_OF_SOFTWARE;
    try (OutputStream out = disk.create(file, 0600)) {
      TextLines text = new TextLines(out);
      if (hasManifest) {
        text.begin(SectionName.MANIFEST);
        try (InputStream manifest = disk.read(Workplace.MANIFEST)) {
          manifest.transferTo(out);
        }
        text.end(SectionName.MANIFEST);
      }
      for (String phase : PHASES) {
        text.begin(phase);
        encode(phase, out);
        text.end(phase);
      }
    } catch (IOException e) {
      throw Scratch.unwritable(disk, file, e);
    }
  }

  private void encode(String phase, OutputStream out) throws IOException {
    Set<String> names = workplace.contents(phase);
    Scope scope =
        (path, stat) -> {
          int slash = path.indexOf('/');
          String top = slash < 0 ? path : path.substring(0, slash);
          return names.contains(top) ? Scope.Choice.WHOLE : Scope.Choice.NOTHING;
        };
    String name = phase + "." + form.method().word() + ".Z";
    try (UuOutputStream encoded = new UuOutputStream(out, name)) {
      TreeSource source = new TreeSource(workplace.disk(), SafePath.ROOT, scope, events);
      MemberSource dated =
          visitor ->
              source.each((member, content) -> visitor.member(member.notAfter(latest), content));
      PayloadWriter.write(dated, form, false, encoded, events);
    }
  }
}

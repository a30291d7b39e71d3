package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.SafePath;
import emblema.flash.integrity.IntegrityCheck;
import emblema.flash.integrity.IntegrityReport;
import emblema.flash.select.Selection;
import emblema.flash.tree.MemberSource;
import emblema.flash.tree.Scope;
import emblema.flash.tree.TreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Creates an archive of an image (spec flar-cli, sections 2 to 5), in the order of section 4:
 * selection, integrity, the master's scripts, payload, sections, and scripts again. What users see
 * on the console are notes.
 */
public final class Creation {
  private final CreateRequest request;
  private final Workplace workplace;
  private final Target target;
  private final MasterScripts scripts;
  private final EventSink events;
  private final List<String> summary = new ArrayList<>();

  /**
   * @param scratch an empty directory, which becomes {@code $FLASH_DIR}
   * @param archive the name of the archive as scripts see it
   */
  public Creation(
      CreateRequest request, Scratch scratch, Target target, String archive, EventSink events) {
    this.request = request;
    this.workplace = new Workplace(scratch.disk());
    this.target = target;
    this.events = events;
    this.scripts = new MasterScripts(request, workplace, archive, events);
  }

  /** Does everything. After a failure there is no archive under the final name. */
  public PayloadFacts run() {
    try {
      return create();
    } finally {
      note("");
      note("Running pre-exit scripts...");
      scripts.runAtLast("preexit");
      note("Pre-exit scripts done.");
    }
  }

  private PayloadFacts create() {
    CreateRequest.Options options = request.options();
    if (options.namesMethod()) {
      note("Archive format requested is " + options.method().word());
    }
    String type = request.old().isPresent() ? "Differential Flash" : "Full Flash";
    note(type);
    summary.add(type + " archive '" + request.description().name() + "'");
    Selection selection =
        Selection.of(request.selection(), request.image(), request.never(), events);
    request.old().ifPresent(old -> Own.check(request.image(), old, selection, events));
    Scope scope = Own.of(request, workplace, target).within(selection);
    checkIntegrity(selection);
    workplace.prepare(options.runsScripts() ? Optional.of(request.image()) : Optional.empty());
    runPrecreation(selection, scope);

    UserSections sections = new UserSections(workplace, events);
    sections.add(request.sectionFiles(), request.sections());
    sections.addFromScripts();
    sections.prepare();
    MemberSource source = source(selection, scope);
    summary.addAll(workplace.summary());
    PayloadForm form = new PayloadForm(options.method(), options.isCompressed());
    new DeploymentSections(workplace, form, request.description().seconds(), events)
        .prepare(request.old().isPresent() && options.hasManifest());

    note("Creating the archive...");
    PayloadFacts payload = new ArchiveWriting(text(form), source, events).to(target);
    note(payload.blocks() + " blocks");
    note("Archive creation complete.");
    note("Running postcreation scripts...");
    scripts.runAtLast("postcreation");
    note("Postcreation scripts done.");
    return payload;
  }

  private void checkIntegrity(Selection selection) {
    if (!request.options().checksIntegrity()) {
      summary.add("Integrity check overridden");
      return;
    }
    note("Checking integrity...");
    IntegrityReport report = IntegrityCheck.run(request.image(), selection);
    if (!report.isComplete()) {
      long more = report.excluded() - report.first().size();
      throw new ConflictException(
          report.excluded()
              + " registered "
              + (report.excluded() == 1 ? "file is" : "files are")
              + " excluded from the archive",
          String.join("\n", report.first()) + (more > 0 ? "\nand " + more + " more" : ""),
          List.of("include them with -y, or create the archive all the same with -I"),
          null);
    }
    if (report.databases().isEmpty()) {
      note("No package database found.");
      summary.add("Integrity not checked: no package database");
    } else {
      note("Integrity OK.");
      summary.add(
          "Integrity OK: "
              + report.registered()
              + " registered objects ("
              + String.join(", ", report.databases())
              + ")");
    }
  }

  private void runPrecreation(Selection selection, Scope scope) {
    note("Running precreation scripts...");
    if (scripts.has("precreation")) {
      scripts.prepare(new TreeSource(request.image(), SafePath.ROOT, scope, events));
      scripts.run("precreation");
      workplace.forced().forEach(selection::force);
      summary.addAll(scripts.summary());
    }
    new OlderScripts(workplace.disk()).register();
    note("Precreation scripts done.");
  }

  private MemberSource source(Selection selection, Scope scope) {
    boolean hasSizes = hasSizes();
    if (hasSizes) {
      note("Determining the size of the archive...");
    }
    MemberSource source;
    TreeSource.Size size;
    if (request.old().isPresent()) {
      Differential differential =
          Differential.of(
              request.old().get(),
              request.image(),
              selection,
              scope,
              request.options().isDeep(),
              request.options().hasManifest(),
              workplace,
              events);
      size = differential.size();
      if (size.objects() == 0 && differential.deletions() == 0) {
        events.emit(new Event.Warning("no differences between the images"));
      }
      summary.add(differential.deletions() + " objects to be deleted");
      source = differential;
    } else {
      TreeSource tree = new TreeSource(request.image(), SafePath.ROOT, scope, events);
      size = tree.measure();
      source = tree;
    }
    if (hasSizes) {
      note(
          String.format(
              Locale.ROOT,
              "The archive will be approximately %.2fMB.",
              size.bytes() / (1024.0 * 1024.0)));
    }
    summary.add(size.objects() + " objects, " + size.bytes() + " bytes in files");
    return source;
  }

  private boolean hasSizes() {
    return request.options().hasSizes();
  }

  private ArchiveText text(PayloadForm form) {
    return new ArchiveText(
        request.description(),
        request.facts(),
        request.isHost() ? Optional.of(request.facts().hardwareClass()) : Optional.empty(),
        form,
        request.old().isPresent(),
        request.options().hasId(),
        hasSizes(),
        new ArchiveText.Sections(
            workplace.disk(), Workplace.SECTIONS_OF_SOFTWARE, Workplace.SECTIONS_OF_USERS),
        List.copyOf(summary));
  }

  private void note(String text) {
    events.emit(new Event.Note(text));
  }
}

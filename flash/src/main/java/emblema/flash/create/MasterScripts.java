package emblema.flash.create;

import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.codec.Member;
import emblema.flash.script.Script;
import emblema.flash.script.ScriptRunner;
import emblema.flash.tree.MemberSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The master's scripts that run while an archive is created (spec flash-scripts, 1 and 2.1). */
final class MasterScripts {
  private static final List<String> PASSED_ON =
      List.of(
          "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TZ", "USER");
  private static final String USUAL_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private final CreateRequest request;
  private final Workplace workplace;
  private final String archive;
  private final EventSink events;
  private final List<String> summary = new ArrayList<>();

  MasterScripts(CreateRequest request, Workplace workplace, String archive, EventSink events) {
    this.request = request;
    this.workplace = workplace;
    this.archive = archive;
    this.events = events;
  }

  /** What was run, a line each. */
  List<String> summary() {
    return List.copyOf(summary);
  }

  boolean has(String kind) {
    return request.options().runsScripts()
        && !ScriptRunner.scripts(request.image(), Workplace.ofMaster(kind)).isEmpty();
  }

  /** Hands out the commands that look at the selection. */
  void prepare(MemberSource selected) {
    for (String tool : List.of("flcheck", "flinclude")) {
      workplace.write(Workplace.TOOLS.resolve(tool), 0755, Tools.text(tool));
    }
    Disk disk = workplace.disk();
    try (OutputStream out =
        new BufferedOutputStream(disk.create(Workplace.SELECTED, 0600), 1 << 16)) {
      TextLines lines = new TextLines(out);
      selected.each(
          (member, content) ->
              lines.line(
                  member.kind() == Member.Kind.DIRECTORY ? member.path() + "/" : member.path()));
    } catch (IOException e) {
      throw Scratch.unwritable(disk, Workplace.SELECTED, e);
    }
  }

  /** Runs the master's scripts of one kind; the first that fails ends it. */
  void run(String kind) {
    if (has(kind)) {
      run(request.image(), Workplace.ofMaster(kind), kind);
    }
  }

  /** Runs scripts after the archive is done or has failed: what they do is only told. */
  void runAtLast(String kind) {
    try {
      run(kind);
      if (kind.equals("preexit") && request.options().runsScripts()) {
        Disk disk = workplace.disk();
        if (disk.stat(Workplace.PREEXIT).filter(Stat::isDirectory).isPresent()) {
          run(disk, Workplace.PREEXIT, kind);
        }
      }
    } catch (EmblemaException e) {
      events.emit(new Event.Warning(String.valueOf(e.getMessage()), e.hints()));
    }
  }

  private void run(Disk disk, SafePath directory, String kind) {
    ScriptRunner runner = new ScriptRunner(environment(), Optional.empty(), events);
    for (Script script : runner.runAll(disk, directory, kind)) {
      summary.add(script + ": exit status 0");
    }
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    for (String name : PASSED_ON) {
      Optional.ofNullable(request.environment().get(name))
          .ifPresent(value -> variables.put(name, value));
    }
    String directory = workplace.disk().root().toString();
    String path = request.environment().getOrDefault("PATH", USUAL_PATH);
    Description description = request.description();
    variables.put("PATH", directory + "/" + Workplace.TOOLS + ":" + path);
    variables.put("FLASH_DIR", directory);
    variables.put("FLASHDIR", directory);
    variables.put("FLASH_PID", Long.toString(request.options().pid()));
    variables.put("FLASH_TYPE", request.old().isPresent() ? "DIFFERENTIAL" : "FULL");
    variables.put("FLASH_NAME", description.name());
    variables.put("FLASH_MASTER", description.master());
    variables.put("FLASH_DATE", description.date());
    variables.put("FLASH_ARCHIVE", archive);
    variables.put("FLASH_ROOT", request.image().root().toString());
    return variables;
  }
}

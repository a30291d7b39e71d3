package emblema.flash.deploy;

import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.archive.Keyword;
import emblema.flash.archive.SectionName;
import emblema.flash.script.Script;
import emblema.flash.script.ScriptRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When which scripts run (spec flash-scripts, 4.2): those of the machine, which the user named, and
 * those of the archive, only if the user wants them. What the machine's do wrong is a warning, what
 * the archive's do wrong ends the deployment.
 */
final class ScriptPhases {
  private static final SafePath UNCONFIGURE = new SafePath("etc/flash/unconfigure.d");

  private final Disk disk;
  private final DeploymentPlan plan;
  private final Map<String, String> variables;
  private final ScriptRunner runner;
  private final EventSink events;

  ScriptPhases(Disk disk, DeploymentPlan plan, Map<String, String> environment, EventSink events) {
    this.disk = disk;
    this.plan = plan;
    this.events = events;
    this.variables = variables();
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(variables);
    this.runner = new ScriptRunner(all, plan.options().scriptTimeout(), events);
  }

  /** What scripts are told (spec flash-scripts, 2.2). */
  Map<String, String> variables() {
    String directory = disk.root().resolve(Places.SCRIPTS.text()).toString();
    Map<String, String> all = new TreeMap<>();
    all.put("FLASH_ROOT", disk.root().toString());
    all.put("FLASH_DIR", directory);
    all.put("FLASHDIR", directory);
    all.put("FLASH_TYPE", plan.isDifferential() ? "DIFFERENTIAL" : "FULL");
    all.put("FLASH_ARCHIVE", plan.source().name());
    all.put("FLASH_DATE", value(Keyword.DATE));
    all.put("FLASH_MASTER", value(Keyword.MASTER));
    all.put("FLASH_NAME", value(Keyword.NAME));
    return all;
  }

  private String value(String keyword) {
    return plan.identification().value(keyword).orElse("");
  }

  /** What was run and what it printed, a line each. */
  List<String> log() {
    return runner.log();
  }

  /** Before anything is deleted or extracted. */
  List<Script> before() {
    List<Script> run = new ArrayList<>(local(SectionName.PREDEPLOYMENT));
    if (plan.options().runScripts()) {
      run.addAll(archives(SectionName.PREDEPLOYMENT));
    } else {
      tellWhatIsNotRun();
    }
    return run;
  }

  /** After everything is extracted and reset. */
  List<Script> after() {
    List<Script> run = new ArrayList<>();
    boolean runs = plan.options().runScripts();
    if (runs && !plan.isDifferential() && !plan.options().keepsIdentity()) {
      for (String name : ScriptRunner.scripts(disk, UNCONFIGURE)) {
        Script script = new Script("unconfigure", name);
        runner.run(disk.root().resolve(UNCONFIGURE.text()), script, "-u");
        run.add(script);
      }
    }
    run.addAll(local(SectionName.POSTDEPLOYMENT));
    if (runs) {
      run.addAll(archives(SectionName.POSTDEPLOYMENT));
    }
    return run;
  }

  private List<Script> archives(String phase) {
    List<Script> run = new ArrayList<>();
    run.addAll(runner.runStep(disk, Places.SCRIPTS, phase, ScriptSections.step(phase)));
    run.addAll(runner.runAll(disk, Places.SCRIPTS.resolve(phase), phase));
    return run;
  }

  private List<Script> local(String phase) {
    if (plan.options().localScripts().isEmpty()) {
      return List.of();
    }
    Path directory = plan.options().localScripts().get();
    if (!Files.isDirectory(directory.resolve(phase))) {
      return List.of();
    }
    try (Disk local = RealDisk.open(directory)) {
      return runner.runAll(local, new SafePath(phase), "local " + phase);
    } catch (EmblemaException e) {
      events.emit(new Event.Warning(String.valueOf(e.getMessage())));
      return List.of();
    }
  }

  private void tellWhatIsNotRun() {
    String names =
        Stream.of(SectionName.PREDEPLOYMENT, SectionName.POSTDEPLOYMENT, SectionName.REBOOT)
            .flatMap(this::present)
            .map(Script::toString)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      events.emit(
          new Event.Warning(
              "the archive's scripts were not run: " + names,
              List.of("look at them with 'flar split --all', and run them with --run-scripts")));
    }
  }

  /** Those of the user; the software's own steps do nothing that is not done here anyway. */
  private Stream<Script> present(String phase) {
    return ScriptRunner.scripts(disk, Places.SCRIPTS.resolve(phase)).stream()
        .map(name -> new Script(phase, name));
  }
}

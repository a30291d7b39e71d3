package emblema.flash.cli;

import emblema.bootenv.BootEnvironments;
import emblema.bootenv.cli.Roots;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.flash.deploy.Deployment;
import emblema.flash.deploy.DeploymentPlan;
import emblema.flash.deploy.Target;
import java.util.List;
import java.util.Map;

/** {@code flar deploy}: an archive becomes a boot environment, or goes into a directory. */
final class DeployCommand implements Command {
  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  @Override
  public Syntax syntax() {
    return DeployHelp.sections(
        ArchiveOperand.tape(
            Syntax.of("deploy an archive into a new boot environment, or a directory")
                .value("--be", "name", "make this boot environment")
                .value(
                    "--from",
                    "name",
                    "the one to clone for a differential archive; else the active one")
                .flag("--activate", "the new environment is started at the next boot")
                .value("--be-root", "dir", "the environment root: the directory that holds them")
                .value("--root", "dir", "deploy into this directory, in place")
                .flag("--live", "let a differential archive update the running system in place")
                .flag("--run-scripts", "run the scripts in the archive")
                .value("--script-timeout", "seconds", "end a script that takes longer")
                .value(
                    "--local-customization",
                    "dir",
                    "run the scripts in its directories predeployment and postdeployment")
                .flag(
                    "-f --forced --forced-deployment",
                    "delete new files from a clone; deploy a full archive over what is there")
                .flag("--no-content-check", "do not compare the clone with the manifest")
                .flag("--no-master-check", "do not ask from which master the clone was made")
                .flag("--no-architecture-check", "do not ask for which machines the archive is")
                .flag("--keep-identity", "leave host-specific files as they were on the master")
                .choice(
                    "--unconfig-root",
                    "how",
                    List.of("lock", "empty", "keep"),
                    "what becomes of root's password (else: lock)")
                .flag("--strict", "refuse an archive whose id does not agree")
                .flag("-n --dry-run", "check everything, change nothing")
                .flag("--json", "print the result as JSON, progress as JSON lines")
                .excludes("--be", "--root")
                .needs("--from", "--be")
                .needs("--activate", "--be")
                .needs("--be-root", "--be")
                .needs("--live", "--root")
                .needs("--script-timeout", "--run-scripts")));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    EventSink events = arguments.has("--json") ? session.jsonEvents() : session.events();
    if (arguments.has("--root")) {
      Target target =
          new Target.Directory(
              session.resolve(arguments.required("--root")), arguments.has("--live"));
      return deploy(target, arguments, session, events);
    }
    if (!arguments.has("--be")) {
      throw new UsageException(
          "where to?",
          null,
          List.of("--be NAME makes a boot environment, --root DIR fills a directory"),
          null);
    }
    try (BootEnvironments all =
        Roots.open(session, arguments.value("--be-root"), "name it with --be-root DIR")) {
      Target target =
          new Target.NewEnvironment(
              all,
              arguments.required("--be"),
              arguments.value("--from", ""),
              arguments.has("--activate"));
      return deploy(target, arguments, session, events);
    }
  }

  private static int deploy(Target target, Arguments arguments, Session session, EventSink events) {
    Map<String, String> environment = Map.of("PATH", PATH, "LC_ALL", "C");
    Deployment deployment =
        new Deployment(
            Deployment.architectures(System.getProperty("os.arch", "")), environment, events);
    DeploymentPlan plan =
        deployment.plan(
            new ReopenedArchive(arguments, session, events),
            target,
            DeployOptions.of(arguments, session));
    DeployOutput output = new DeployOutput(session.out(), arguments.has("--json"));
    if (arguments.has("-n")) {
      output.plan(plan);
    } else {
      output.report(plan, deployment.apply(plan));
    }
    return 0;
  }
}

package emblema.flash.deploy;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.EnvironmentNames;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.deploy.DeploymentPlan.Contents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deploys archives (spec flash-scripts, section 4, and flash-to-ips, 3.3). Planning reads and
 * checks and changes nothing; applying makes a new boot environment, which exists only when
 * everything in it is done, or changes a directory in place.
 */
public final class Deployment {
  private static final String LEFTOVER = "lost+found";

  private final Set<String> machine;
  private final Map<String, String> environment;
  private final EventSink events;

  /**
   * @param machine names of this machine's architecture, in lower case
   * @param environment variables that scripts get besides their own
   */
  public Deployment(Set<String> machine, Map<String, String> environment, EventSink events) {
    this.machine = Set.copyOf(machine);
    this.environment = Map.copyOf(environment);
    this.events = events;
  }

  /** The names under which archives know an architecture of the Java run-time. */
  public static Set<String> architectures(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> Set.of("x86_64", "amd64", "i86pc", "x86-64");
      case "aarch64" -> Set.of("aarch64", "arm64");
      case "sparcv9" -> Set.of("sun4u", "sun4v", "sparc", "sparcv9");
      default -> Set.of(name);
    };
  }

  /** Checks; every refusal is one of our errors and says what to do. */
  public DeploymentPlan plan(ArchiveSource source, Target target, DeploymentOptions options) {
    ArchiveReader archive = source.open();
    try {
      Planning planning = new Planning(archive, target, options, events);
      planning.checkIdentification(machine);
      boolean isDifferential = archive.identification().isDifferential();
      Optional<Path> base =
          switch (target) {
            case Target.NewEnvironment made -> base(made, isDifferential);
            case Target.Directory directory -> base(directory, isDifferential, options.force());
          };
      base.ifPresent(planning::checkBase);
      Optional<Contents> contents =
          source.isRepeatable() ? Optional.of(planning.read(base)) : Optional.empty();
      planning.checkSpace(place(target), contents);
      return new DeploymentPlan(source, archive.identification(), target, options, contents);
    } finally {
      if (source.isRepeatable()) {
        archive.close();
      }
    }
  }

  private static Optional<Path> base(Target.NewEnvironment made, boolean isDifferential) {
    EnvironmentNames.require(made.newName());
    if (made.environments().find(made.newName()).isPresent()) {
      throw new ConflictException("boot environment '" + made.newName() + "' exists already");
    }
    if (!isDifferential && !made.source().isEmpty()) {
      throw new UsageException("archive is FULL, a differential one is needed to update a clone");
    }
    return isDifferential ? Optional.of(cloned(made).root()) : Optional.empty();
  }

  private static BootEnvironment cloned(Target.NewEnvironment made) {
    return made.source().isEmpty()
        ? made.environments()
            .current()
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "no boot environment is active now", "name one to clone with --from"))
        : made.environments()
            .find(made.source())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "boot environment '" + made.source() + "' does not exist",
                        "'beadm list' shows those that do"));
  }

  private static Optional<Path> base(
      Target.Directory directory, boolean isDifferential, boolean force) {
    boolean isRunning = RunningSystem.is(directory.path());
    if (isRunning && !isDifferential) {
      throw new ConflictException(
          "a full archive is never deployed over the running system",
          "deploy it into a new boot environment with --be");
    }
    if (isRunning && !directory.isLive()) {
      throw new ConflictException(
          directory.name() + " is the running system",
          "--be NEW updates a clone of it; --live updates it in place, which cannot be taken back");
    }
    try (Disk disk = RealDisk.open(directory.path())) {
      boolean isInterrupted = disk.stat(Places.WORK).isPresent();
      List<String> names =
          disk.list(SafePath.ROOT).stream().filter(name -> !name.equals(LEFTOVER)).toList();
      if (isInterrupted && !force) {
        throw new ConflictException(
            "a deployment into " + directory.name() + " was not finished: it is not complete",
            "empty it and begin anew, or deploy over what is there with --forced-deployment");
      }
      if (!isDifferential && !names.isEmpty() && !force) {
        throw new ConflictException(
            directory.name() + " is not empty",
            "a full archive needs an empty directory; --forced-deployment deploys over what is"
                + " there");
      }
    }
    return isDifferential ? Optional.of(directory.path()) : Optional.empty();
  }

  private static Path place(Target target) {
    return switch (target) {
      case Target.Directory directory -> directory.path();
      case Target.NewEnvironment made ->
          made.environments().list().stream()
              .findFirst()
              .map(BootEnvironment::root)
              .orElseThrow(() -> new NotFoundException("there are no boot environments"));
    };
  }

  /** Carries a plan out. */
  public DeploymentReport apply(DeploymentPlan plan) {
    Deployer deployer = new Deployer(plan, environment, events);
    switch (plan.target()) {
      case Target.Directory directory -> {
        deployer.deploy(directory.path());
        try (Disk disk = RealDisk.open(directory.path())) {
          disk.syncAll();
        }
      }
      case Target.NewEnvironment made -> build(plan, made, deployer);
    }
    return deployer.report();
  }

  private void build(DeploymentPlan plan, Target.NewEnvironment made, Deployer deployer) {
    BootEnvironments all = made.environments();
    String what = plan.isDifferential() ? "updated by" : "deployed from";
    String description = what + " Flash archive " + deployer.archiveName();
    if (plan.isDifferential()) {
      // Scripts may write to any file in place: then none is shared with the source.
      boolean runsScripts =
          plan.options().runScripts() || plan.options().localScripts().isPresent();
      all.clone(
          new BootEnvironments.Clone(
              cloned(made).name(),
              made.newName(),
              description,
              runsScripts ? path -> true : BootEnvironments.USUALLY_EDITABLE),
          deployer::deploy,
          events);
    } else {
      all.create(made.newName(), description, deployer::deploy);
    }
    all.updateBootArtifacts(made.newName());
    if (made.activate()) {
      all.activate(made.newName());
    }
  }
}

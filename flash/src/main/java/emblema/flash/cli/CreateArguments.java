package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.io.Disk;
import emblema.core.io.MountPoint;
import emblema.core.io.ReadOnlyDisk;
import emblema.flash.archive.Identification;
import emblema.flash.create.CreateRequest;
import emblema.flash.create.Description;
import emblema.flash.create.MasterFacts;
import emblema.flash.select.ListSource;
import emblema.flash.select.NeverArchived;
import emblema.flash.select.SelectionOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the user typed after {@code flar create}, as a request. */
final class CreateArguments {
  private final Arguments arguments;
  private final Session session;

  CreateArguments(Arguments arguments, Session session) {
    this.arguments = arguments;
    this.session = session;
    arguments.required("-n");
    if (arguments.has("-D")) {
      throw new UsageException(
          "option '-D' is not supported: it leaves datasets out of archives of ZFS root pools",
          "such archives are streams of 'zfs send'; exclude directories with -x");
    }
    if (lists().filter("-"::equals).count() > 1) {
      throw new UsageException(
          "standard input can be read once", "only one of -f, -X and -z may be '-'");
    }
    if (arguments.has("-M") && !arguments.has("-A") && !arguments.has("--old-pkgs")) {
      session.warn("option '-M' means nothing without -A");
    }
  }

  private Stream<String> lists() {
    return Stream.of("-f", "-X", "-z").flatMap(option -> arguments.values(option).stream());
  }

  CreateRequest request(Disk image, Optional<Disk> old, Disk sectionFiles) {
    boolean isHost = image.root().toAbsolutePath().normalize().equals(Path.of("/"));
    MasterFacts host = MasterFacts.ofHost();
    return new CreateRequest(
        description(host),
        options(image),
        selection(),
        new NeverArchived(MountPoint.all()),
        image,
        old,
        isHost,
        isHost ? host : MasterFacts.ofImage(image),
        session.environment(),
        sectionFiles,
        SplitCommand.sections(arguments));
  }

  private Description description(MasterFacts host) {
    String now =
        Description.date(LocalDateTime.ofInstant(session.clock().instant(), ZoneOffset.UTC));
    return new Description(
        arguments.required("-n"),
        arguments.value("-i", now),
        arguments.value("-m", host.node()),
        arguments.value("-a"),
        arguments.value("-T"),
        arguments
            .value("-e")
            .or(() -> arguments.value("-E").map(this::text))
            .map(text -> List.of(text.split("\n", -1))),
        arguments.values("-U"));
  }

  /** A whole file, without the end of its last line. */
  private String text(String name) {
    try {
      String text = new String(Files.readAllBytes(session.resolve(name)), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (NoSuchFileException e) {
      throw new NotFoundException("description file '" + name + "' does not exist");
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + name + "'", Objects.toString(e.getMessage(), null), List.of(), e);
    }
  }

  private CreateRequest.Options options(Disk image) {
    boolean readsInput = lists().anyMatch("-"::equals);
    return new CreateRequest.Options(
        arguments.value("-L", "cpio").equals("pax")
            ? Identification.Method.PAX
            : Identification.Method.CPIO,
        arguments.has("-L"),
        arguments.has("-c"),
        !arguments.has("-H"),
        !arguments.has("-S") && !readsInput,
        !arguments.has("-M"),
        !arguments.has("-I"),
        !arguments.has("--no-scripts") && !(image instanceof ReadOnlyDisk),
        !arguments.has("--no-deep"),
        ProcessHandle.current().pid());
  }

  private SelectionOptions selection() {
    return new SelectionOptions(
        arguments.values("-x"),
        arguments.values("-y"),
        arguments.values("-X").stream().map(this::list).toList(),
        arguments.values("-z").stream().map(this::list).toList(),
        arguments.value("-f").map(this::list),
        arguments.has("-F"),
        !arguments.has("--no-default-excludes"));
  }

  private ListSource list(String name) {
    return name.equals("-")
        ? new ListSource("standard input", () -> session.console().in())
        : new ListSource(name, () -> Files.newInputStream(session.resolve(name)));
  }
}

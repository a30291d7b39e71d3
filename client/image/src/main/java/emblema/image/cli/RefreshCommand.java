package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.Refreshed;
import emblema.image.transport.Transport;
import java.util.ArrayList;
import java.util.List;

/** Fetches the catalogs of publishers now, however fresh they are. */
final class RefreshCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("learn what publishers offer")
        .flag("-q", "no progress")
        .flag("--full", "read catalogs again that seem unchanged")
        .operands("publisher", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      open.change(
          "refresh-publishers",
          operation -> {
            List<PublisherConfig> wanted = wanted(open.image().config(), arguments.operands());
            Refreshed refreshed;
            try (Transport transport =
                open.transport(arguments.has("-q") ? session.quietEvents() : session.events())) {
              refreshed = transport.refresh(wanted, arguments.has("--full"), open.now());
            }
            RefreshReport.failUnlessComplete(refreshed, wanted);
            return true;
          });
      return 0;
    }
  }

  private static List<PublisherConfig> wanted(ImageConfig config, List<String> prefixes) {
    if (prefixes.isEmpty()) {
      return config.enabledPublishers();
    }
    List<PublisherConfig> wanted = new ArrayList<>();
    for (String prefix : prefixes) {
      PublisherConfig publisher =
          config
              .publisher(prefix)
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "unknown publisher '" + prefix + "'",
                          "'pkg publisher' lists those of this image"));
      if (!publisher.isEnabled()) {
        throw new ConflictException(
            "publisher '" + prefix + "' is disabled",
            "'pkg set-publisher --enable " + prefix + "' enables it");
      }
      wanted.add(publisher);
    }
    return wanted;
  }
}

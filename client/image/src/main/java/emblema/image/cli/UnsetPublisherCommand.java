package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.image.image.ImageConfig;
import emblema.image.image.OriginCatalogs;
import java.util.ArrayList;
import java.util.List;

/** Removes publishers from the image; their installed packages stay. */
final class UnsetPublisherCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("remove publishers from the image").operands("publisher", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      List<String> unknown =
          open.change("remove-publisher", operation -> remove(open, session, arguments.operands()));
      if (!unknown.isEmpty()) {
        String detail = "Removal failed for:\n  " + String.join("\n  ", unknown);
        throw new PartialException("some publishers could not be removed", detail, List.of(), null);
      }
      return 0;
    }
  }

  private static List<String> remove(OpenImage open, Session session, List<String> prefixes) {
    ImageConfig config = open.image().config();
    List<String> unknown = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String prefix : prefixes) {
      if (config.publisher(prefix).isEmpty()) {
        unknown.add(prefix);
      } else {
        config = config.withoutPublisher(prefix);
        removed.add(prefix);
      }
    }
    if (removed.isEmpty()) {
      throw new NotFoundException(
          "unknown publisher '" + String.join("', '", unknown) + "'",
          "'pkg publisher' lists those of this image");
    }
    new PublisherUpdate(open, session.events()).save(config, List.of());
    OriginCatalogs copies = new OriginCatalogs(open.image());
    removed.forEach(copies::forget);
    return unknown;
  }
}

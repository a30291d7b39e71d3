package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.error.NotFoundException;
import emblema.image.image.Endpoint;
import emblema.image.image.PublisherConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists publishers, or tells all about some (spec client-cli, section 4.19). */
final class PublisherCommand implements Command {
  private static final String FORMAT = "%-14s %-12s %-8s %-6s %-1s %s";

  @Override
  public Syntax syntax() {
    return Syntax.of("list the image's publishers")
        .flag("-H", "omit headers")
        .flag("-P", "only the publisher that is searched first")
        .flag("-n", "only enabled publishers")
        .choice("-F", "format", List.of("default", "tsv"), "output format")
        .operands("publisher", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      List<PublisherConfig> all = open.image().config().publishers();
      if (!arguments.operands().isEmpty()) {
        return details(open, session, all, arguments.operands());
      }
      List<PublisherConfig> shown =
          all.stream()
              .filter(publisher -> !arguments.has("-n") || publisher.isEnabled())
              .limit(arguments.has("-P") ? 1 : Long.MAX_VALUE)
              .toList();
      boolean header = !arguments.has("-H");
      if (arguments.value("-F", "default").equals("tsv")) {
        tsv(shown).print(session.out(), Table.Format.TSV, header);
      } else {
        text(shown, session.out(), header);
      }
      return 0;
    }
  }

  private static void text(List<PublisherConfig> publishers, Output out, boolean header) {
    if (header && !publishers.isEmpty()) {
      out.line(
          String.format(Locale.ROOT, FORMAT, "PUBLISHER", "", "TYPE", "STATUS", "P", "LOCATION"));
    }
    for (PublisherConfig publisher : publishers) {
      String attributes = attributes(publisher);
      if (publisher.origins().isEmpty() && publisher.mirrors().isEmpty()) {
        line(out, publisher.prefix(), attributes, "", "", "", "");
      }
      for (Endpoint origin : publisher.origins()) {
        line(
            out,
            publisher.prefix(),
            attributes,
            "origin",
            status(origin),
            proxy(origin),
            origin.uri());
      }
      for (Endpoint mirror : publisher.mirrors()) {
        line(
            out,
            publisher.prefix(),
            attributes,
            "mirror",
            status(mirror),
            proxy(mirror),
            mirror.uri());
      }
    }
  }

  private static void line(Output out, String... values) {
    out.line(String.format(Locale.ROOT, FORMAT, (Object[]) values).stripTrailing());
  }

  private static String attributes(PublisherConfig publisher) {
    List<String> words = new ArrayList<>();
    if (!publisher.isSticky()) {
      words.add("non-sticky");
    }
    if (!publisher.isEnabled()) {
      words.add("disabled");
    }
    return words.isEmpty() ? "" : "(" + String.join(", ", words) + ")";
  }

  private static String status(Endpoint endpoint) {
    return endpoint.enabled() ? "online" : "disabled";
  }

  private static String proxy(Endpoint endpoint) {
    return endpoint.proxy().isEmpty() ? "F" : "T";
  }

  private static Table tsv(List<PublisherConfig> publishers) {
    Table table =
        Table.of("PUBLISHER", "STICKY", "SYSPUB", "ENABLED", "TYPE", "STATUS", "URI", "PROXY");
    for (PublisherConfig publisher : publishers) {
      List<List<String>> places = new ArrayList<>();
      publisher.origins().forEach(origin -> places.add(place("origin", origin)));
      publisher.mirrors().forEach(mirror -> places.add(place("mirror", mirror)));
      if (places.isEmpty()) {
        places.add(List.of("-", "-", "-", "-"));
      }
      for (List<String> place : places) {
        List<String> row = new ArrayList<>();
        row.add(publisher.prefix());
        row.add(Boolean.toString(publisher.isSticky()));
        row.add("false");
        row.add(Boolean.toString(publisher.isEnabled()));
        row.addAll(place);
        table.row(row);
      }
    }
    return table;
  }

  private static List<String> place(String type, Endpoint endpoint) {
    return List.of(
        type,
        status(endpoint),
        endpoint.uri(),
        endpoint.proxy().isEmpty() ? "-" : endpoint.proxy());
  }

  private static int details(
      OpenImage open, Session session, List<PublisherConfig> all, List<String> names) {
    for (String name : names) {
      PublisherConfig publisher =
          all.stream()
              .filter(each -> each.prefix().equals(name) || each.alias().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "unknown publisher '" + name + "'",
                          "'pkg publisher' lists those of this image"));
      new PublisherDetails(open.image(), session).print(publisher);
    }
    return 0;
  }
}

package emblema.image.image;

import emblema.core.error.MalformedException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** History entries to XML and back (spec image-layout, section 6). */
final class HistoryText {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final List<String> ENVIRONMENTS =
      List.of("be", "be_uuid", "new_be", "new_be_uuid", "snapshot", "release-notes");

  private HistoryText() {}

  static String stamp(Instant when) {
    return STAMP.format(LocalDateTime.ofInstant(when, ZoneOffset.UTC));
  }

  static String write(HistoryEntry entry) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><history>");
    out.append("<client");
    attribute(out, "name", entry.client());
    attribute(out, "version", entry.version());
    out.append("><args>");
    entry.command().forEach(word -> element(out, "arg", word));
    out.append("</args></client><operation");
    attribute(out, "name", entry.operation());
    attribute(out, "username", entry.user());
    attribute(out, "userid", Integer.toString(entry.userId()));
    attribute(out, "result", entry.outcome().word() + ", " + entry.reason());
    attribute(out, "start_time", stamp(entry.start()));
    attribute(out, "end_time", stamp(entry.end()));
    entry.environments().forEach((name, value) -> attribute(out, name, value));
    StringBuilder content = new StringBuilder();
    element(content, "start_state", entry.startState());
    element(content, "end_state", entry.endState());
    if (!entry.errors().isEmpty()) {
      content.append("<errors>");
      entry.errors().forEach(error -> element(content, "error", error));
      content.append("</errors>");
    }
    out.append(content.isEmpty() ? "/>" : ">" + content + "</operation>");
    return out.append("</history>").toString();
  }

  private static void attribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"");
    out.append(
        clean(value)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
    out.append('"');
  }

  private static void element(StringBuilder out, String name, @Nullable String text) {
    if (text != null) {
      out.append('<').append(name).append("><![CDATA[");
      out.append(clean(text).replace("]]>", "]]]]><![CDATA[>"));
      out.append("]]></").append(name).append('>');
    }
  }

  /** Without the characters that XML cannot hold. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                (c >= 0x20 || c == '\n' || c == '\t')
                        && (c < 0xD800 || c > 0xDFFF)
                        && c != 0xFFFE
                        && c != 0xFFFF
                    ? c
                    : '?')
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /**
   * @param source the file, for errors
   */
  static HistoryEntry read(String text, String source) {
    try {
      return new Parsing(text).parse();
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new MalformedException(source, line, 0, "it is not a history entry", null);
    } catch (DateTimeException | NumberFormatException e) {
      throw new MalformedException(
          source, 0, 0, "it is not a history entry: " + e.getMessage(), null);
    }
  }

  /** One walk over one document; entities and external parts are never read. */
  private static final class Parsing {
    private final XMLStreamReader reader;
    private final Map<String, String> client = new HashMap<>();
    private final Map<String, String> operation = new HashMap<>();
    private final List<String> command = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private @Nullable String startState;
    private @Nullable String endState;

    Parsing(String text) throws XMLStreamException {
      XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      reader = factory.createXMLStreamReader(new StringReader(text));
    }

    HistoryEntry parse() throws XMLStreamException {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          take(reader.getLocalName());
        }
      }
      String[] result = operation.getOrDefault("result", "").split(", ", 2);
      SortedMap<String, String> environments = new TreeMap<>();
      for (String name : ENVIRONMENTS) {
        String value = operation.get(name);
        if (value != null) {
          environments.put(name, value);
        }
      }
      return new HistoryEntry(
          client.getOrDefault("name", ""),
          client.getOrDefault("version", ""),
          command,
          operation.getOrDefault("name", ""),
          operation.getOrDefault("username", ""),
          Integer.parseInt(operation.getOrDefault("userid", "0")),
          HistoryEntry.Outcome.of(result[0]),
          result.length > 1 ? result[1] : "None",
          time("start_time"),
          time("end_time"),
          environments,
          startState,
          endState,
          errors);
    }

    private void take(String name) throws XMLStreamException {
      switch (name) {
        case "client" -> attributes(client);
        case "operation" -> attributes(operation);
        case "arg" -> command.add(reader.getElementText());
        case "error" -> errors.add(reader.getElementText());
        case "start_state" -> startState = reader.getElementText();
        case "end_state" -> endState = reader.getElementText();
        default -> {}
      }
    }

    private void attributes(Map<String, String> into) {
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        into.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
    }

    private Instant time(String name) {
      return LocalDateTime.parse(operation.getOrDefault(name, ""), STAMP).toInstant(ZoneOffset.UTC);
    }
  }
}

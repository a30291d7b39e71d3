package emblema.store.json;

import emblema.core.error.MalformedException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON, token by token or whole. Repeated members, text after the value and nesting beyond
 * Jackson's limit are malformed; the error has the source, line and column.
 */
public final class JsonReader implements AutoCloseable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;
  private final String source;

  /**
   * @param source named in errors, for example the path of the file
   */
  public JsonReader(InputStream in, String source) {
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), in);
    this.source = source;
  }

  /** The one value of a small document. */
  public static Json read(InputStream in, String source) {
    try (JsonReader reader = new JsonReader(in, source)) {
      reader.advance();
      Json value = reader.value();
      reader.end();
      return value;
    }
  }

  /** Like {@link #read}, for a document that must be an object. */
  public static Json.Members readMembers(InputStream in, String source) {
    if (read(in, source) instanceof Json.Members members) {
      return members;
    }
    throw new MalformedException(source, 1, 1, "a JSON object is expected", null);
  }

  /** The next token; malformed at the end of the input. */
  public JsonToken advance() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw malformed("the text ends too early");
      }
      return token;
    } catch (JacksonIOException e) {
      throw malformed("it cannot be read: " + e.getOriginalMessage());
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  /** The name of the member at the present token. */
  public String name() {
    return parser.currentName();
  }

  /** Advances and demands the token. */
  public void expect(JsonToken wanted) {
    if (advance() != wanted) {
      throw malformed("found " + parser.currentToken() + " where " + wanted + " is expected");
    }
  }

  /** Nothing but white space may follow. */
  public void end() {
    try {
      if (parser.nextToken() != null) {
        throw malformed("there is text after the end of the value");
      }
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  /** The whole value that begins at the present token. */
  public Json value() {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members();
      case START_ARRAY -> array();
      case VALUE_STRING -> new Json.Text(text());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Number(text());
      case VALUE_TRUE -> new Json.Truth(true);
      case VALUE_FALSE -> new Json.Truth(false);
      case VALUE_NULL -> Json.Null.NULL;
      default -> throw malformed("found " + token + " where a value is expected");
    };
  }

  private String text() {
    try {
      return parser.getString();
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  private Json members() {
    SortedMap<String, Json> members = new TreeMap<>();
    while (advance() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      advance();
      members.put(name, value());
    }
    return new Json.Members(members);
  }

  private Json array() {
    List<Json> items = new ArrayList<>();
    while (advance() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Json.Array(items);
  }

  /** An error at the present place. */
  public MalformedException malformed(String reason) {
    var at = parser.currentLocation();
    return new MalformedException(
        source, Math.max(at.getLineNr(), 0), Math.max(at.getColumnNr(), 0), reason, null);
  }

  @Override
  public void close() {
    parser.close();
  }
}

package emblema.store.file;

import emblema.core.config.PythonLiteral;
import emblema.core.error.MalformedException;
import emblema.core.fmri.PublisherPrefix;
import java.util.List;
import java.util.Optional;

/**
 * One property that repositories define (spec repository, sections 3 and 4).
 *
 * @param initial the text in a new repository's file
 */
public record RepositoryProperty(String section, String name, Type type, String initial) {

  /** What a property's text means. */
  public enum Type {
    TEXT,
    /** A publisher prefix or nothing. */
    PUBLISHER,
    WHOLE_NUMBER,
    TRUTH,
    /** A Python list. */
    LIST,
    /** Texts joined by commas. */
    COMMA_LIST
  }

  private static final List<RepositoryProperty> VERSION_4 =
      List.of(
          of("publisher", "prefix", Type.PUBLISHER, ""),
          of("repository", "version", Type.WHOLE_NUMBER, "4"),
          of("repository", "trust-anchor-directory", Type.TEXT, "/etc/ssl/pkg/"),
          of("repository", "signature-required-names", Type.LIST, "[]"),
          of("repository", "check-certificate-revocation", Type.TRUTH, "False"));

  private static final List<RepositoryProperty> VERSION_3 =
      List.of(
          of("publisher", "alias", Type.TEXT, ""),
          of("publisher", "prefix", Type.PUBLISHER, ""),
          of("repository", "collection_type", Type.TEXT, "core"),
          of("repository", "description", Type.TEXT, ""),
          of("repository", "detailed_url", Type.TEXT, ""),
          of("repository", "legal_uris", Type.COMMA_LIST, ""),
          of("repository", "maintainer", Type.TEXT, ""),
          of("repository", "maintainer_url", Type.TEXT, ""),
          of("repository", "mirrors", Type.COMMA_LIST, ""),
          of("repository", "name", Type.TEXT, "package repository"),
          of("repository", "origins", Type.COMMA_LIST, ""),
          of("repository", "refresh_seconds", Type.WHOLE_NUMBER, "14400"),
          of("repository", "registration_uri", Type.TEXT, ""),
          of("repository", "related_uris", Type.COMMA_LIST, ""),
          of("repository", "version", Type.WHOLE_NUMBER, "3"),
          of("feed", "id", Type.TEXT, ""),
          of("feed", "name", Type.TEXT, "package repository feed"),
          of("feed", "description", Type.TEXT, ""),
          of("feed", "icon", Type.TEXT, "web/_themes/pkg-block-icon.png"),
          of("feed", "logo", Type.TEXT, "web/_themes/pkg-block-logo.png"),
          of("feed", "window", Type.WHOLE_NUMBER, "24"));

  private static RepositoryProperty of(String section, String name, Type type, String initial) {
    return new RepositoryProperty(section, name, type, initial);
  }

  /** All defined properties of a format version, in the order of the file. */
  static List<RepositoryProperty> of(int version) {
    return version == 4 ? VERSION_4 : VERSION_3;
  }

  /** The property of that name, if it is defined. */
  public static Optional<RepositoryProperty> find(int version, String section, String name) {
    return of(version).stream()
        .filter(property -> property.section.equals(section) && property.name.equals(name))
        .findFirst();
  }

  /** The text that the file holds for the values. */
  String toText(List<String> values) {
    if (type == Type.LIST) {
      return PythonLiteral.writeTexts(values.stream().filter(value -> !value.isEmpty()).toList());
    }
    if (type == Type.COMMA_LIST) {
      return String.join(",", values);
    }
    String value = String.join(" ", values);
    boolean valid =
        switch (type) {
          case PUBLISHER -> value.isEmpty() || PublisherPrefix.isValid(value);
          case WHOLE_NUMBER -> value.matches("[0-9]{1,9}");
          case TRUTH -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
          case TEXT, LIST, COMMA_LIST -> true;
        };
    if (!valid) {
      throw new MalformedException(
          "invalid value '" + value + "' for the property '" + section + "/" + name + "'");
    }
    return type == Type.TRUTH ? (value.equalsIgnoreCase("true") ? "True" : "False") : value;
  }

  /** The values that the file's text stands for. */
  List<String> toValues(String text) {
    return switch (type) {
      case LIST -> PythonLiteral.readTexts(text, section + "/" + name);
      case COMMA_LIST -> text.isEmpty() ? List.of() : List.of(text.split(",", -1));
      case TEXT, PUBLISHER, WHOLE_NUMBER, TRUTH -> List.of(text);
    };
  }

  boolean isList() {
    return type == Type.LIST || type == Type.COMMA_LIST;
  }
}

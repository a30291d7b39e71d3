package emblema.store.file;

import emblema.core.error.MalformedException;
import emblema.store.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a publisher's own configuration can say (spec pkgrepo, section 2.2). */
public enum PublisherProperty {
  ALIAS("publisher", "alias", Kind.TEXT),
  PREFIX("publisher", "prefix", Kind.TEXT),
  COLLECTION_TYPE("repository", "collection-type", Kind.TEXT),
  DESCRIPTION("repository", "description", Kind.TEXT),
  LEGAL_URIS("repository", "legal-uris", Kind.ADDRESSES),
  MIRRORS("repository", "mirrors", Kind.DIRECTORY_ADDRESSES),
  NAME("repository", "name", Kind.TEXT),
  ORIGINS("repository", "origins", Kind.DIRECTORY_ADDRESSES),
  REFRESH_SECONDS("repository", "refresh-seconds", Kind.SECONDS),
  REGISTRATION_URI("repository", "registration-uri", Kind.ADDRESS),
  RELATED_URIS("repository", "related-uris", Kind.ADDRESSES);

  private enum Kind {
    TEXT,
    SECONDS,
    ADDRESS,
    ADDRESSES,
    /** Addresses of directories, which end with a slash. */
    DIRECTORY_ADDRESSES
  }

  private final String section;
  private final String word;
  private final Kind kind;

  PublisherProperty(String section, String word, Kind kind) {
    this.section = section;
    this.word = word;
    this.kind = kind;
  }

  public String section() {
    return section;
  }

  /** The name as commands show it, with hyphens. */
  public String word() {
    return word;
  }

  /** The name as the file has it, with underscores. */
  String member() {
    return word.replace('-', '_');
  }

  public boolean isList() {
    return kind == Kind.ADDRESSES || kind == Kind.DIRECTORY_ADDRESSES;
  }

  /** Hyphens and underscores mean the same. */
  public static Optional<PublisherProperty> find(String section, String name) {
    String word = name.replace('_', '-');
    for (PublisherProperty property : values()) {
      if (property.section.equals(section) && property.word.equals(word)) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }

  /** The JSON of the given values; none, or one empty text, clears. */
  Json toJson(List<String> given) {
    List<String> values = given.stream().filter(value -> !value.isEmpty()).toList();
    if (isList()) {
      List<String> addresses = new ArrayList<>();
      values.forEach(value -> addresses.add(address(value)));
      return Json.Array.ofTexts(addresses);
    }
    String value = String.join(" ", values);
    return switch (kind) {
      case SECONDS -> value.isEmpty() ? Json.Null.NULL : seconds(value);
      case ADDRESS -> new Json.Text(value.isEmpty() ? "" : address(value));
      case TEXT, ADDRESSES, DIRECTORY_ADDRESSES ->
          value.isEmpty() ? Json.Null.NULL : new Json.Text(value);
    };
  }

  private Json seconds(String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw invalid(value);
    }
    return Json.Number.of(Long.parseLong(value));
  }

  private String address(String value) {
    try {
      String scheme = new URI(value).getScheme();
      if (scheme == null
          || !List.of("file", "http", "https").contains(scheme.toLowerCase(Locale.ROOT))) {
        throw invalid(value);
      }
    } catch (URISyntaxException e) {
      throw invalid(value);
    }
    return kind == Kind.DIRECTORY_ADDRESSES && !value.endsWith("/") ? value + "/" : value;
  }

  private MalformedException invalid(String value) {
    return new MalformedException(
        "invalid value '" + value + "' for the property '" + section + "/" + word + "'");
  }
}

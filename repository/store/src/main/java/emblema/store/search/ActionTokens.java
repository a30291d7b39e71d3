package emblema.store.search;

import emblema.core.action.Action;
import emblema.core.action.DependencyType;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The words under which each type of action is found (spec search-index, section 3). */
final class ActionTokens {
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern FMRI_PREFIX = Pattern.compile("^(pkg:///|pkg://[^/]*/|pkg:/)");

  private final Action action;
  private final List<Token> tokens = new ArrayList<>();

  private ActionTokens(Action action) {
    this.action = action;
  }

  static List<Token> of(Action action) {
    return new ActionTokens(action).collect();
  }

  private List<Token> collect() {
    switch (action.type()) {
      case SET -> set(action.attributes().get("name", ""));
      case DEPEND -> depend();
      case GROUP -> named("name", action.attributes().get("groupname", ""));
      case USER -> named("name", action.attributes().get("username", ""));
      case DIR -> path();
      case FILE -> {
        String hash = action.payload();
        if (hash != null) {
          add("content", hash, hash);
          named("hash", hash);
        }
        path();
        contentHashes();
      }
      case HARDLINK, LINK -> {
        path();
        mediators();
      }
      case DRIVER -> driver();
      case LICENSE -> license();
      case LEGACY -> {
        named("legacy_pkg", action.key());
        named("pkg", action.key());
      }
      case SIGNATURE -> signature();
      case UNKNOWN -> {}
    }
    return tokens;
  }

  private void add(String key, String text, String value) {
    if (!text.isEmpty()) {
      tokens.add(new Token(text, key, value));
    }
  }

  /** The full value is the key, as for all that is not a set action. */
  private void named(String key, String text) {
    add(key, text, key);
  }

  private void path() {
    String path = action.key();
    int begin = 0;
    while (begin < path.length() && path.charAt(begin) == '/') {
      begin++;
    }
    path = path.substring(begin);
    named("basename", path.substring(path.lastIndexOf('/') + 1));
    named("path", "/" + path);
  }

  private void contentHashes() {
    action.attributes().all("pkg.content-hash").forEach(hash -> named("pkg.content-hash", hash));
  }

  private void mediators() {
    action
        .attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith("mediator")) {
                named(name, value);
              }
            });
  }

  private void driver() {
    named("driver_name", action.key());
    action.attributes().all("alias").forEach(alias -> named("alias", alias));
  }

  private void license() {
    if (!action.attributes().has("pkg.content-hash")) {
      return; // as the reference has it
    }
    named("license", action.key());
    String hash = action.payload();
    if (hash != null) {
      named("content", hash);
      named("hash", hash);
    }
    contentHashes();
  }

  private void signature() {
    String certificate = action.payload();
    if (certificate != null) {
      add("certificate", certificate, certificate);
    }
    String algorithm = action.attributes().get("algorithm", "");
    add("algorithm", algorithm, algorithm);
    add("signature", action.key(), action.key());
    contentHashes();
  }

  private void depend() {
    String type = action.attributes().get("type", "");
    if (DependencyType.ofWord(type).isEmpty()) {
      return;
    }
    for (String fmri : action.attributes().all("fmri")) {
      String name = FMRI_PREFIX.matcher(fmri).replaceFirst("");
      named(type, name);
      int at = name.lastIndexOf('@');
      if (at > 0) {
        named(type, name.substring(0, at));
      }
    }
  }

  private void set(String name) {
    List<String> values = action.attributes().all("value");
    switch (name) {
      case "pkg.fmri", "fmri" -> values.forEach(value -> fmri(name, value));
      case "info.classification" -> values.forEach(value -> classification(name, value));
      default -> {
        for (String value : values) {
          words(name, value);
        }
      }
    }
  }

  private void words(String name, String value) {
    if (value.indexOf(' ') < 0) {
      add(name, value, value);
      return;
    }
    for (String word : SPACE.split(value.strip())) {
      add(name, word, value);
    }
  }

  private void classification(String name, String value) {
    String category = value.substring(value.indexOf(':') + 1);
    add(name, category, category);
    for (String part : category.split("/")) {
      for (String word : SPACE.split(part.strip())) {
        if (!word.equals(category)) {
          add(name, word, category);
        }
      }
    }
  }

  private void fmri(String name, String value) {
    Fmri fmri;
    try {
      fmri = Fmri.parse(value);
    } catch (MalformedException e) {
      return;
    }
    String stem = fmri.stem();
    String full = fmri.publisherIfAny().map(publisher -> publisher + "/" + stem).orElse(stem);
    add(name, full, full);
    Version version = fmri.version();
    if (version != null) {
      add(name, version.build().text(), full);
      add(name, version.release().text(), full);
      String timestamp = version.timestamp();
      if (timestamp != null) {
        add(name, timestamp, full);
      }
    }
    for (int slash = stem.lastIndexOf('/'); slash >= 0; slash = stem.lastIndexOf('/', slash - 1)) {
      add(name, stem.substring(slash + 1), full);
    }
    if (!stem.equals(full)) {
      add(name, stem, full);
    }
  }
}

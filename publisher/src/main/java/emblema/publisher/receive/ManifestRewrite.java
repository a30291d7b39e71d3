package emblema.publisher.receive;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SetAction;
import emblema.core.action.SignatureAction;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.transform.Mogrifier;
import emblema.publisher.transform.Outcome;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PublishableActions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests as they are received: as they are, or as rules change them (spec pkgrecv, section 4).
 * Changed ones lose their signatures; rules can neither bring content nor exchange it.
 *
 * @param rules nothing if manifests stay as they are
 */
record ManifestRewrite(Optional<Mogrifier> rules) {

  /** Reads and checks one; malformed or conflict if it cannot be received. */
  ReceivedPackage of(Fmri source, byte[] bytes) {
    Manifest manifest = ManifestReader.read(new ByteArrayInputStream(bytes), source.toString());
    PublishableActions.check(source, manifest);
    if (rules.isEmpty()) {
      requireName(source, manifest);
      return new ReceivedPackage(source, source, bytes, payloads(manifest));
    }
    Manifest changed =
        switch (rules.get().apply(manifest, source.toString())) {
          case Outcome.Complete complete -> complete.manifest();
          case Outcome.Stopped stopped ->
              throw new ConflictException(
                  "a rule gave up on '" + source + "'",
                  stopped.message().isEmpty() ? "status " + stopped.status() : stopped.message());
        };
    Fmri name = name(changed, source);
    requireOldContent(manifest, changed, source);
    StringBuilder text = new StringBuilder("set name=pkg.fmri value=" + name + "\n");
    for (Action action : changed.actions()) {
      if (!PublishableActions.isName(action) && !(action instanceof SignatureAction)) {
        text.append(ActionWriter.write(action)).append('\n');
      }
    }
    byte[] result = text.toString().getBytes(StandardCharsets.UTF_8);
    Manifest checked = ManifestReader.read(new ByteArrayInputStream(result), name.toString());
    PublishableActions.check(name, checked);
    for (Action action : checked.actions()) {
      emblema.core.action.ActionValidation.check(action, name);
    }
    return new ReceivedPackage(source, name, result, payloads(checked));
  }

  /** A manifest that names another package than asked for is not believed. */
  private static void requireName(Fmri source, Manifest manifest) {
    Fmri name = name(manifest, source);
    if (!name.equals(source)) {
      throw new MalformedException(
          "the manifest of '" + source + "' is that of '" + name + "'",
          "run 'pkgrepo verify' on the source");
    }
  }

  private static Fmri name(Manifest manifest, Fmri otherwise) {
    for (Action action : manifest.actions()) {
      if (action instanceof SetAction set && set.name().equals("pkg.fmri")) {
        Fmri named = Fmri.parse(set.value());
        Fmri name = named.publisher() == null ? named.withPublisher(otherwise.publisher()) : named;
        if (name.requireVersion().timestamp() == null) {
          throw new MalformedException("the new name '" + name + "' has no timestamp");
        }
        return name;
      }
    }
    return otherwise;
  }

  private static void requireOldContent(Manifest before, Manifest after, Fmri source) {
    Map<String, Boolean> known = new LinkedHashMap<>();
    payloads(before).forEach(payload -> known.put(payload.sha1(), true));
    for (Action action : after.actions()) {
      if (action.type().hasPayload() && !(action instanceof SignatureAction)) {
        String payload = String.valueOf(action.payload());
        if (!known.containsKey(payload) || !action.attributes().has("pkg.size")) {
          throw new ConflictException(
              "a rule brings new content into '"
                  + source
                  + "': '"
                  + ActionWriter.write(action)
                  + "'",
              "rules can change actions and drop them, but not deliver other files");
        }
      }
    }
  }

  private static List<PayloadReference> payloads(Manifest manifest) {
    Map<String, PayloadReference> distinct = new LinkedHashMap<>();
    for (Action action : manifest.actions()) {
      PayloadReference.of(action).forEach(each -> distinct.putIfAbsent(each.sha1(), each));
    }
    return List.copyOf(distinct.values());
  }
}

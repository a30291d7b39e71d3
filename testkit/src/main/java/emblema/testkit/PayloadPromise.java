package emblema.testkit;

import static emblema.testkit.RepositoryStructure.Problem.require;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.hash.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Whether stored payloads are what an action says of them (spec manifest, section 6). */
final class PayloadPromise {
  private PayloadPromise() {}

  static void check(Path files, Action action, String where) throws IOException {
    List<String> names = new ArrayList<>(List.of(String.valueOf(action.payload())));
    if (action instanceof SignatureAction) {
      names.addAll(List.of(action.attributes().get("chain", "").split(" ")));
      names.removeIf(name -> !name.matches("[0-9a-f]{40}"));
    }
    for (String name : names) {
      byte[] stored = stored(files, name, where);
      byte[] content = content(stored, name, where);
      if (!(action instanceof SignatureAction)) {
        promised(action, stored, content, where);
      }
    }
  }

  private static byte[] stored(Path files, String name, String where) throws IOException {
    Path file = files.resolve(name.substring(0, 2)).resolve(name);
    require(Files.isRegularFile(file), where + " names the payload " + file + ", which is missing");
    byte[] stored = Files.readAllBytes(file);
    require(
        stored.length >= 18
            && HexFormat.of().formatHex(stored, 0, 10).equals("1f8b08000000000002ff"),
        file + " has no gzip header of the fixed form");
    return stored;
  }

  private static byte[] content(byte[] stored, String name, String where) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      byte[] content = in.readAllBytes();
      require(Digest.SHA1.hex(content).equals(name), where + ": another content in " + name);
      return content;
    } catch (IOException e) {
      throw new IOException(where + ": payload " + name + " is not gzip data", e);
    }
  }

  private static void promised(Action action, byte[] stored, byte[] content, String where) {
    String what = where + ": " + action.key() + ": ";
    equal(action, "chash", Digest.SHA1.hex(stored), what);
    equal(action, "pkg.size", Integer.toString(content.length), what);
    equal(action, "pkg.csize", Integer.toString(stored.length), what);
    for (String hash : action.attributes().all("pkg.content-hash")) {
      String value = hash.substring(hash.lastIndexOf(':') + 1);
      Digest digest = hash.contains("sha256") ? Digest.SHA256 : Digest.SHA512T_256;
      if (hash.startsWith("file:")) {
        require(value.equals(digest.hex(content)), what + hash);
      } else if (hash.startsWith("gzip:")) {
        require(value.equals(digest.hex(stored)), what + hash);
      }
    }
  }

  private static void equal(Action action, String attribute, String actual, String what) {
    String promised = action.attributes().get(attribute, actual);
    require(promised.equals(actual), what + attribute + " is " + actual + " not " + promised);
  }
}

package emblema.store.catalog;

import emblema.core.error.IntegrityException;
import emblema.core.hash.Digest;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The {@code _SIGNATURE} of catalog files (section 3): SHA-1 of the text without that member, which
 * always stands last. It finds damage and mixed-up files; it does not prove who wrote them.
 */
public final class CatalogSignature {
  private static final String MEMBER = "\"_SIGNATURE\":{\"sha-1\":\"";
  private static final String END = "\"}}\n";
  private static final byte[] CLOSE = {'}', '\n'};
  private static final int HEX_DIGITS = 40;

  private CatalogSignature() {}

  /** The canonical bytes of an object, signed. */
  static byte[] sign(Json.Members members) {
    String text = JsonText.canonical(members);
    String open = text.substring(0, text.length() - 1);
    String signature = Digest.SHA1.hex(ascii(text + "\n"));
    return ascii(open + (open.length() > 1 ? "," : "") + MEMBER + signature + END);
  }

  /**
   * The signature that the bytes carry, after they were found to match it.
   *
   * @param where named in the error
   */
  public static String verify(byte[] file, String where) {
    int tail = MEMBER.length() + HEX_DIGITS + END.length();
    int start = file.length - tail;
    String text = start < 1 ? "" : new String(file, start, tail, StandardCharsets.ISO_8859_1);
    if (!text.startsWith(MEMBER) || !text.endsWith(END)) {
      throw new IntegrityException(where, "signature", "a SHA-1 at the end of the file", "none");
    }
    String claimed = text.substring(MEMBER.length(), MEMBER.length() + HEX_DIGITS);
    int open = file[start - 1] == ',' ? start - 1 : start;
    MessageDigest digest = digest();
    digest.update(file, 0, open);
    digest.update(CLOSE);
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(claimed)) {
      throw new IntegrityException(where, "SHA-1 of the catalog file", claimed, actual);
    }
    return claimed;
  }

  /** Writes a signed object piece by piece, so that memory does not grow with it. */
  static final class Writer {
    private final OutputStream out;
    private final MessageDigest digest = digest();
    private boolean empty = true;

    Writer(OutputStream out) {
      this.out = out;
      write("{");
    }

    /** The next piece of text between the braces; commas are the caller's. */
    void append(CharSequence text) {
      write(text);
      empty = false;
    }

    /** Ends the object; the signature. The stream stays open. */
    String finish() {
      digest.update(CLOSE);
      String signature = HexFormat.of().formatHex(digest.digest());
      write((empty ? "" : ",") + MEMBER + signature + END);
      return signature;
    }

    private void write(CharSequence text) {
      byte[] bytes = ascii(text.toString());
      digest.update(bytes);
      try {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance(Digest.SHA1.javaName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}

package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.action.SignedLine;
import emblema.core.attribute.CodePoints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The canonical text of a manifest that its signatures are made over (spec signing, section 2):
 * every action's {@link SignedLine}, sorted, joined by line feeds; of the signatures only the one
 * in question, without its value. The order of actions in the manifest does not matter.
 */
public final class SignedText {

  /** The reference's two flavours differ in whether {@code $(} is quoted. */
  public enum Form {
    QUOTED_EXPANSIONS,
    PLAIN_EXPANSIONS
  }

  private final List<String> common;
  private final List<Action> expanding;
  private final List<SignatureAction> signatures;

  private SignedText(
      List<String> common, List<Action> expanding, List<SignatureAction> signatures) {
    this.common = common;
    this.expanding = expanding;
    this.signatures = signatures;
  }

  /** Takes the actions of a manifest one by one; keeps a line each. */
  public static final class Builder {
    private final List<String> common = new ArrayList<>();
    private final List<Action> expanding = new ArrayList<>();
    private final List<SignatureAction> signatures = new ArrayList<>();

    public void take(Action action) {
      if (action instanceof SignatureAction signature) {
        signatures.add(signature);
      } else if (SignedLine.hasExpansions(action)) {
        expanding.add(action);
      } else {
        common.add(SignedLine.of(action, true));
      }
    }

    public SignedText build() {
      List<String> sorted = new ArrayList<>(common);
      sorted.sort(CodePoints.ORDER);
      return new SignedText(
          Collections.unmodifiableList(sorted), List.copyOf(expanding), List.copyOf(signatures));
    }
  }

  public static SignedText of(Manifest manifest) {
    Builder builder = new Builder();
    manifest.actions().forEach(builder::take);
    return builder.build();
  }

  /** The manifest's signatures, in its order. */
  public List<SignatureAction> signatures() {
    return signatures;
  }

  /** The forms that differ for this signature; the one that we write is the first. */
  public List<Form> forms(SignatureAction signature) {
    return expanding.isEmpty() && !SignedLine.hasExpansions(signature)
        ? List.of(Form.QUOTED_EXPANSIONS)
        : List.of(Form.values());
  }

  /**
   * Hands over the text for one signature, UTF-8, in pieces.
   *
   * @param signature one of the manifest's, or one that is being made; its value does not matter
   */
  public void write(SignatureAction signature, Form form, Consumer<byte[]> out) {
    boolean quotes = form == Form.QUOTED_EXPANSIONS;
    List<String> lines = new ArrayList<>(common);
    expanding.forEach(action -> lines.add(SignedLine.of(action, quotes)));
    lines.add(
        SignedLine.of(signature.withAttributes(signature.attributes().with("value", "")), quotes));
    lines.sort(CodePoints.ORDER);
    String separator = "";
    for (String line : lines) {
      out.accept((separator + line).getBytes(StandardCharsets.UTF_8));
      separator = "\n";
    }
  }
}

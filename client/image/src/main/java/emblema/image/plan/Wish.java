package emblema.image.plan;

import emblema.core.fmri.FmriPattern;
import java.util.List;

/**
 * What a user asks for.
 *
 * @param patterns packages by name; none for {@link Kind#UPDATE_ALL}
 * @param rejected packages that must not be in the result ({@code --reject})
 * @param ignoreMissing whether patterns that match nothing installed are passed over
 */
public record Wish(
    Kind kind, List<FmriPattern> patterns, List<FmriPattern> rejected, boolean ignoreMissing) {

  public enum Kind {
    INSTALL,
    /** Named packages that are installed. */
    UPDATE,
    UPDATE_ALL,
    UNINSTALL
  }

  public Wish {
    patterns = List.copyOf(patterns);
    rejected = List.copyOf(rejected);
  }

  public static Wish install(String... patterns) {
    return new Wish(Kind.INSTALL, parse(List.of(patterns)), List.of(), false);
  }

  /** Everything, if there is no pattern or one of them is {@code *}. */
  public static Wish update(List<String> patterns, List<String> rejected, boolean ignoreMissing) {
    boolean all = patterns.isEmpty() || patterns.contains("*");
    return new Wish(
        all ? Kind.UPDATE_ALL : Kind.UPDATE,
        all ? List.of() : parse(patterns),
        parse(rejected),
        ignoreMissing);
  }

  public static Wish uninstall(String... patterns) {
    return new Wish(Kind.UNINSTALL, parse(List.of(patterns)), List.of(), false);
  }

  public static List<FmriPattern> parse(List<String> patterns) {
    return patterns.stream().map(FmriPattern::parse).toList();
  }
}

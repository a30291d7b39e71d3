package emblema.image.cli;

import emblema.core.action.Action;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code -a name=glob}: an action passes if any of them fits; without any, all pass. */
final class AttributeFilter {
  private record Wanted(String name, Pattern value) {}

  private final List<Wanted> wanted = new ArrayList<>();

  AttributeFilter(List<String> arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new UsageException(
            "invalid argument '" + argument + "' for option '-a'", "expected attribute=glob");
      }
      String name = argument.substring(0, equals);
      ActionColumn.check(name);
      wanted.add(new Wanted(name, glob(argument.substring(equals + 1))));
    }
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  boolean admits(Action action, Fmri owner) {
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(
                each ->
                    ActionColumn.values(each.name(), action, owner).stream()
                        .anyMatch(value -> each.value().matcher(value).matches()));
  }
}

package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.ErrorPage;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.ActionType;
import emblema.core.error.EmblemaException;
import emblema.core.error.UsageException;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.compare.Comparison;
import emblema.publisher.compare.Wanted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code pkgdiff}: two manifests, action by action. */
final class ManifestDiffCommand implements Command {
  private static final int FAILED = 3;

  @Override
  public Syntax syntax() {
    return Syntax.of("show what two manifests differ in; status 1 if they do")
        .list(
            "-i", "attribute", "ignore it, and timestamps; 'hash' and 'size' stand for all of them")
        .list("-o", "attribute", "look at it only")
        .list("-t", "type[,type...]", "look at actions of these types only")
        .flag("-u", "programs that differ in their signatures only are the same")
        .list("-v", "variant=value", "compare what is installed with this value")
        .excludes("-i", "-o")
        .operands("file1", 1, 1)
        .operands("file2", 1, 1)
        .section("Exit status", "0: no difference; 1: differences; 2: usage; 3: an error.");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Wanted wanted =
        new Wanted(
            Set.copyOf(arguments.values("-i")),
            Set.copyOf(arguments.values("-o")),
            types(arguments.values("-t")),
            variants(arguments.values("-v")),
            arguments.has("-u"));
    String first = arguments.operand(0);
    String second = arguments.operand(1);
    if (first.equals("-") && second.equals("-")) {
      throw new UsageException("only one manifest can be read from standard input");
    }
    try {
      List<String> lines = Comparison.lines(read(first, session), read(second, session), wanted);
      lines.forEach(session.out()::line);
      return lines.isEmpty() ? 0 : 1;
    } catch (UsageException e) {
      throw e;
    } catch (EmblemaException e) {
      session.err().text(ErrorPage.render(session.title(), e));
      return FAILED;
    }
  }

  private static Manifest read(String operand, Session session) {
    boolean standard = operand.equals("-");
    String text =
        standard
            ? TextInput.standard(session)
            : TextInput.file(session.directory().resolve(operand), operand);
    return ManifestReader.read(text, standard ? "standard input" : operand);
  }

  private static Set<ActionType> types(List<String> lists) {
    Set<ActionType> types = new HashSet<>();
    for (String list : lists) {
      for (String word : list.split(",", -1)) {
        types.add(
            ActionType.ofWord(word)
                .orElseThrow(() -> new UsageException("unknown action type '" + word + "'")));
      }
    }
    return types;
  }

  private static Map<String, String> variants(List<String> pairs) {
    Map<String, String> variants = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new UsageException("'" + pair + "' is not a variant", "write 'name=value'");
      }
      String typed = pair.substring(0, equals);
      String name = typed.startsWith("variant.") ? typed : "variant." + typed;
      if (variants.put(name, pair.substring(equals + 1)) != null) {
        throw new UsageException("two values are given for '" + name + "'");
      }
    }
    return variants;
  }
}

package emblema.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Usage texts, from the syntax alone. */
final class Usage {
  private static final String INDENT = "        ";
  private static final int DESCRIPTION_COLUMN = 28;

  private final Program program;
  private final int width;

  Usage(Program program, int width) {
    this.program = program;
    this.width = Math.max(60, width);
  }

  /** How to call one command, in as many lines as that takes. */
  String synopsis(String command, Syntax syntax) {
    return "Usage:\n" + callOf(command, syntax);
  }

  /** The synopsis, what the command does, and a line or more for each option. */
  String full(String command, Syntax syntax) {
    StringBuilder text = new StringBuilder(synopsis(command, syntax));
    text.append('\n').append(sentence(syntax.summary())).append('\n');
    if (!syntax.options().isEmpty()) {
      text.append("\nOptions:\n");
      syntax.options().forEach(option -> appendOption(text, option));
    }
    return text.toString();
  }

  /** The names of all commands, by group. */
  String commands() {
    StringBuilder text = new StringBuilder("Usage:\n");
    text.append(callOf("", program.globals()).stripTrailing()).append(" command [operands]\n");
    for (Map.Entry<String, List<String>> group : program.groups().entrySet()) {
      text.append('\n').append(group.getKey().isEmpty() ? "Commands" : group.getKey());
      text.append(":\n").append(wrapped(group.getValue(), INDENT));
    }
    text.append("\nFor more information: ").append(program.name()).append(" help command\n");
    return text.toString();
  }

  /** Every command's usage. */
  String everything() {
    StringBuilder text = new StringBuilder(commands());
    if (!program.globals().options().isEmpty()) {
      text.append("\nOptions before the command:\n");
      program.globals().options().forEach(option -> appendOption(text, option));
    }
    for (String command : program.commands()) {
      text.append('\n').append(full(command, program.make(command).syntax()));
    }
    return text.toString();
  }

  private String callOf(String command, Syntax syntax) {
    List<String> words = new ArrayList<>();
    StringBuilder bundle = new StringBuilder();
    for (Option option : syntax.options()) {
      String name = option.names().getFirst();
      if (!option.takesArgument() && name.length() == 2) {
        bundle.append(name.charAt(1));
      }
    }
    if (!bundle.isEmpty()) {
      words.add("[-" + bundle + "]");
    }
    for (Option option : syntax.options()) {
      String name = option.names().getFirst();
      if (option.takesArgument()) {
        String repeat = option.kind() == Option.Kind.LIST ? "..." : "";
        words.add("[" + name + " " + option.argument() + "]" + repeat);
      } else if (name.length() > 2) {
        words.add("[" + name + "]");
      }
    }
    for (Syntax.Operand operand : syntax.operands()) {
      String repeat = operand.most() > 1 ? "..." : "";
      words.add(
          operand.least() > 0 ? operand.name() + repeat : "[" + operand.name() + repeat + "]");
    }
    String start = program.name() + (command.isEmpty() ? "" : " " + command);
    List<String> call = new ArrayList<>();
    call.add(start);
    call.addAll(words);
    return wrapped(call, INDENT);
  }

  private void appendOption(StringBuilder text, Option option) {
    String names = String.join(", ", option.names());
    String left = "  " + names + (option.takesArgument() ? " " + option.argument() : "");
    String description =
        option.choices().isEmpty()
            ? option.description()
            : option.description() + " (" + String.join(", ", option.choices()) + ")";
    String indent = " ".repeat(DESCRIPTION_COLUMN);
    String right = wrapped(List.of(description.split(" ", -1)), indent);
    if (left.length() + 2 <= DESCRIPTION_COLUMN) {
      text.append(left).append(right.substring(left.length()));
    } else {
      text.append(left).append('\n').append(right);
    }
  }

  private String wrapped(List<String> words, String indent) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : words) {
      if (!empty && line.length() + 1 + word.length() > width) {
        text.append(line).append('\n');
        line.setLength(0);
        line.append(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    return text.append(line).append('\n').toString();
  }

  static String sentence(String summary) {
    return summary.isEmpty()
        ? ""
        : Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }
}

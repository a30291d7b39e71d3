package emblema.cli;

import java.util.ArrayList;
import java.util.List;

/** Completion for bash, from the same declarations that parse the command line. */
public final class Completion {
  private Completion() {}

  /** A script for {@code share/bash-completion/completions}. */
  public static String bash(Program program) {
    String function = "_" + program.name().replace('-', '_');
    StringBuilder script = new StringBuilder();
    script.append("# bash completion for ").append(program.name()).append('\n');
    script.append(function).append("() {\n");
    script.append(
        """
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i
          COMPREPLY=()
          for ((i = 1; i < COMP_CWORD; i++)); do
            case ${COMP_WORDS[i]} in
        """);
    List<String> skipped = withArguments(program.globals());
    if (!skipped.isEmpty()) {
      script.append("      ").append(String.join("|", skipped)).append(") i=$((i + 1)) ;;\n");
    }
    script.append(
        """
              -*) ;;
              *) command=${COMP_WORDS[i]}; break ;;
            esac
          done
          local options= choices=
          case $command in
        """);
    branch(script, "''", program.globals(), program.commands());
    for (String command : program.commands()) {
      branch(script, command, program.make(command).syntax(), List.of());
    }
    script.append(
        """
          esac
          if [[ -n $choices ]]; then
            COMPREPLY=($(compgen -W "$choices" -- "$word"))
          elif [[ $word == -* || -z $command ]]; then
            COMPREPLY=($(compgen -W "$options" -- "$word"))
          fi
        }
        """);
    script.append("complete -o default -F ").append(function).append(' ');
    return script.append(program.name()).append('\n').toString();
  }

  private static void branch(
      StringBuilder script, String command, Syntax syntax, List<String> more) {
    List<String> words = new ArrayList<>(more);
    syntax.options().forEach(option -> words.addAll(option.names()));
    words.add("--help");
    script.append("    ").append(command).append(")\n");
    script.append("      options='").append(String.join(" ", words)).append("'\n");
    List<Option> choosers =
        syntax.options().stream().filter(option -> !option.choices().isEmpty()).toList();
    if (!choosers.isEmpty()) {
      script.append("      case $before in\n");
      for (Option option : choosers) {
        script.append("        ").append(String.join("|", option.names())).append(") choices='");
        script.append(String.join(" ", option.choices())).append("' ;;\n");
      }
      script.append("      esac\n");
    }
    script.append("      ;;\n");
  }

  private static List<String> withArguments(Syntax syntax) {
    List<String> names = new ArrayList<>();
    syntax.options().stream()
        .filter(Option::takesArgument)
        .forEach(option -> names.addAll(option.names()));
    return names;
  }
}

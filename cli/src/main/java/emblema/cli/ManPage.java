package emblema.cli;

import java.util.List;
import java.util.Locale;

/** The manual page of a program, from the same declarations that parse its command line. */
public final class ManPage {
  private final Program program;
  private final String version;
  private final Roff page = new Roff();

  private ManPage(Program program, String version) {
    this.program = program;
    this.version = version;
  }

  /**
   * @param version shown at the foot, {@code Emblema 0.1.0}
   * @return text for man(7), always the same for the same program
   */
  public static String render(Program program, String version) {
    return new ManPage(program, version).render();
  }

  private String render() {
    String name = program.name();
    page.macro("TH", name.toUpperCase(Locale.ROOT), "1", "", version, "User Commands");
    page.macro("SH", "NAME").plain(name + " - " + program.summary()).newLine();
    page.macro("SH", "SYNOPSIS");
    synopsis("", program.globals(), !program.commands().isEmpty());
    for (String command : program.commands()) {
      synopsis(command, program.make(command).syntax(), false);
    }
    sections(program.sections(), "Description");
    if (!program.globals().options().isEmpty()) {
      page.macro("SH", "OPTIONS");
      if (!program.commands().isEmpty()) {
        page.paragraphs("These stand before the subcommand.");
      }
      options(program.globals().options());
    }
    if (program.commands().isEmpty()) {
      commandSections(program.globals());
    } else {
      page.macro("SH", "SUBCOMMANDS");
      program.commands().forEach(this::command);
    }
    if (program.sections().stream().noneMatch(s -> s.title().equalsIgnoreCase("Exit status"))) {
      exitStatus();
    }
    return page.toString();
  }

  private void command(String name) {
    Syntax syntax = program.make(name).syntax();
    page.macro("SS", program.name() + " " + name);
    page.plain(Usage.sentence(syntax.summary())).newLine();
    options(syntax.options());
    commandSections(syntax);
  }

  private void commandSections(Syntax syntax) {
    for (Syntax.Section section : syntax.sections()) {
      page.macro("PP").bold(section.title()).newLine().paragraphs(section.text());
    }
  }

  private void synopsis(String command, Syntax syntax, boolean subcommand) {
    page.macro("HP").bold(program.name() + (command.isEmpty() ? "" : " " + command));
    for (Option option : syntax.options()) {
      page.plain(" [").bold(option.names().getFirst());
      if (option.takesArgument()) {
        page.plain(" ").italic(option.argument());
      }
      page.plain(option.mayRepeat() ? "]..." : "]");
    }
    for (Syntax.Operand operand : syntax.operands()) {
      boolean required = operand.least() > 0;
      page.plain(required ? " " : " [").italic(operand.name());
      page.plain(operand.most() > 1 ? "..." : "").plain(required ? "" : "]");
    }
    if (subcommand) {
      page.plain(" ").italic("subcommand").plain(" [").italic("operand").plain("...]");
    }
    page.newLine();
  }

  private void options(List<Option> options) {
    for (Option option : options) {
      page.macro("TP");
      String separator = "";
      for (String name : option.names()) {
        page.plain(separator).bold(name);
        separator = ", ";
      }
      if (option.takesArgument()) {
        page.plain(" ").italic(option.argument());
      }
      page.newLine();
      String description = Usage.sentence(option.description());
      if (!option.choices().isEmpty()) {
        description += " One of " + String.join(", ", option.choices()) + ".";
      }
      page.plain(description + (option.mayRepeat() ? " May be repeated." : "")).newLine();
    }
  }

  private void sections(List<Syntax.Section> sections, String first) {
    if (sections.stream().noneMatch(section -> section.title().equals(first))) {
      page.macro("SH", first.toUpperCase(Locale.ROOT));
      page.paragraphs(Usage.sentence(program.summary()));
    }
    for (Syntax.Section section : sections) {
      page.macro("SH", section.title().toUpperCase(Locale.ROOT)).paragraphs(section.text());
    }
  }

  private void exitStatus() {
    page.macro("SH", "EXIT STATUS");
    row("0", "Success.");
    row("1", "An error; the message says what failed, on what, and why.");
    row("2", "The command line makes no sense; nothing was done.");
    row("3", "Part of what was asked succeeded.");
    row("4", "There was nothing to do.");
    row("5", "The change needs a new boot environment, which was denied or cannot be made.");
    row("6", "A licence must be accepted first.");
    row("7", "Another process holds the lock.");
    row("8", "The change is made, but a service did not answer in time.");
    row("9", "No set of packages satisfies the request.");
    row("51", "Permission is missing.");
    row("99", "A bug; the report's path is printed.");
  }

  private void row(String status, String meaning) {
    page.macro("TP").bold(status).newLine().plain(meaning).newLine();
  }
}

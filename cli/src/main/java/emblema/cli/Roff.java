package emblema.cli;

/** Text for man(7): what macros and escapes a page needs, and nothing of what it says. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  Roff macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escape(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
    return this;
  }

  Roff bold(String text) {
    page.append("\\fB").append(escape(text)).append("\\fR");
    return this;
  }

  Roff italic(String text) {
    page.append("\\fI").append(escape(text)).append("\\fR");
    return this;
  }

  Roff plain(String text) {
    page.append(escape(text));
    return this;
  }

  Roff newLine() {
    page.append('\n');
    return this;
  }

  /** Paragraphs parted by blank lines; one that is indented keeps its lines. */
  Roff paragraphs(String text) {
    for (String paragraph : text.strip().split("\n\\s*\n", -1)) {
      boolean kept = paragraph.startsWith("  ");
      macro("PP");
      if (kept) {
        macro("nf");
      }
      for (String line : paragraph.split("\n", -1)) {
        plainLine(kept ? line : line.strip());
      }
      if (kept) {
        macro("fi");
      }
    }
    return this;
  }

  private void plainLine(String line) {
    String escaped = escape(line);
    boolean control = escaped.startsWith(".") || escaped.startsWith("'");
    page.append(control ? "\\&" : "").append(escaped).append('\n');
  }

  private static String escape(String text) {
    return text.replace("\\", "\\(rs").replace("-", "\\-");
  }

  @Override
  public String toString() {
    return page.toString();
  }
}

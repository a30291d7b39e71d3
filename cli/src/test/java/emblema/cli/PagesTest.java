package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void writesTheManualPageFromTheDeclarations() {
    String page = ManPage.render(Sample.program(), "Emblema 9");
    assertThat(page)
        .startsWith(
            """
            .TH "SAMPLE" "1" "" "Emblema 9" "User Commands"
            .SH "NAME"
            sample \\- show what a program can do
            .SH "SYNOPSIS"
            """)
        .contains(
            """
            .SS "sample greet"
            Greet people.
            .TP
            \\fB\\-n\\fR
            Plan only.
            """)
        .contains("One of tsv, json.\n");
  }

  @Test
  void keepsIndentedTextAsItIsAndEscapesControlLines() {
    assertThat(new Roff().paragraphs("one\ntwo\n\n  a  b\n  .c\n\n.d").toString())
        .isEqualTo(
            """
            .PP
            one
            two
            .PP
            .nf
              a  b
              .c
            .fi
            .PP
            \\&.d
            """);
  }

  @Test
  void completesSubcommandsOptionsAndChoices() throws Exception {
    assertThat(complete("gr")).isEqualTo("greet");
    assertThat(complete("-R", "/x", "gr")).isEqualTo("greet");
    assertThat(complete("greet", "--acc")).isEqualTo("--accept");
    assertThat(complete("greet", "-F", "js")).isEqualTo("json");
    assertThat(complete("greet", "x")).isEmpty();
  }

  private static String complete(String... words) throws IOException, InterruptedException {
    String script =
        Completion.bash(Sample.program())
            + "COMP_WORDS=(sample \"$@\")\nCOMP_CWORD=$#\n_sample\necho \"${COMPREPLY[*]}\"\n";
    java.util.List<String> command = new java.util.ArrayList<>();
    command.addAll(java.util.List.of("bash", "-c", script, "bash"));
    command.addAll(java.util.List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }
}

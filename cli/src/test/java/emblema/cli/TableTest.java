package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Terminal terminal = new Terminal();
  private final Table table =
      new Table(
          List.of(
              new Table.Column("name", "NAME").atLeast(8),
              new Table.Column("size", "SIZE").alignedRight(),
              new Table.Column("flags", "IFO")));

  private String printed(Table.Format format, boolean header) {
    table.print(terminal.console().out(), format, header);
    return terminal.out();
  }

  @Test
  void widensColumnsToTheirLongestValueOrHeader() {
    table.row("a", "1", "i--").row("a/long/name", "12345", "---");
    assertThat(printed(Table.Format.TEXT, true))
        .isEqualTo(
            """
            NAME         SIZE IFO
            a               1 i--
            a/long/name 12345 ---
            """);
  }

  @Test
  void keepsTheLeastWidthWithoutHeader() {
    table.row("a", "1", "i--");
    assertThat(printed(Table.Format.TEXT, false)).isEqualTo("a        1 i--\n");
  }

  @Test
  void printsNothingAtAllWithoutRows() {
    assertThat(printed(Table.Format.TEXT, true)).isEmpty();
  }

  @Test
  void partsValuesByTabs() {
    table.row("a", "1", "i--");
    assertThat(printed(Table.Format.TSV, true)).isEqualTo("NAME\tSIZE\tIFO\na\t1\ti--\n");
  }

  @Test
  void writesJsonWithSortedKeysAndNoLineFeed() {
    table.row("a \"b\"", "1", "i--");
    assertThat(printed(Table.Format.JSON, true))
        .isEqualTo("[{\"flags\":\"i--\",\"name\":\"a \\\"b\\\"\",\"size\":\"1\"}]");
  }

  @Test
  void indentsJsonOnDemand() {
    table.row("a", "1", "i--");
    assertThat(printed(Table.Format.named("json-formatted"), true))
        .isEqualTo(
            """
            [
              {
                "flags": "i--",
                "name": "a",
                "size": "1"
              }
            ]
            """);
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
  }
}

package emblema.image.cli;

import java.util.ArrayList;
import java.util.List;

/** Labels and values, both right-justified. */
final class SummaryBlock {
  private final List<String> labels = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  void add(String label, String value) {
    labels.add(label);
    values.add(value);
  }

  /** Only if there is something to count. */
  void count(String label, int number) {
    if (number > 0) {
      add(label, Integer.toString(number));
    }
  }

  List<String> lines() {
    int labelWidth = labels.stream().mapToInt(String::length).max().orElse(0);
    int valueWidth = values.stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      lines.add(padded(labels.get(i), labelWidth) + " " + padded(values.get(i), valueWidth));
    }
    return lines;
  }

  private static String padded(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }
}

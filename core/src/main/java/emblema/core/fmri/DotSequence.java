package emblema.core.fmri;

import java.util.List;

/** Numbers separated by dots, without leading zeros: {@code 5.11.0} (spec fmri-version). */
public record DotSequence(List<Integer> numbers) implements Comparable<DotSequence> {
  public DotSequence {
    numbers = List.copyOf(numbers);
  }

  public static DotSequence parse(String text) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether the given sequence begins with all numbers of this one. */
  public boolean isPrefixOf(DotSequence other) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public int compareTo(DotSequence other) {
    throw new UnsupportedOperationException("not yet");
  }
}

package emblema.publisher.lint;

/** How bad a finding is, in ascending order. */
public enum Level {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  CRITICAL
}

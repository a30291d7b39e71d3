package emblema.core.task;

import java.util.List;
import java.util.concurrent.Callable;

/** Bounded parallel work: fails fast, cancels the rest, has joined all before it returns. */
public final class Tasks {
  private Tasks() {}

  /** Runs all; results in the order of the tasks. The first failure is thrown after all have ended. */
  public static <T> List<T> inParallel(int limit, List<? extends Callable<T>> tasks) {
    throw new UnsupportedOperationException("not yet");
  }
}

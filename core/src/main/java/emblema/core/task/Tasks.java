package emblema.core.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Bounded parallel work: fails fast, cancels the rest, has joined all before it returns. */
public final class Tasks {
  private Tasks() {}

  /**
   * Runs all on virtual threads, at most {@code limit} at a time; results in the order of the
   * tasks. The first failure interrupts the running tasks, keeps the others from starting, and is
   * thrown after all have ended: unchecked ones as they are, an {@code IOException} as {@code
   * UncheckedIOException}. An interrupted caller cancels in the same way and gets a {@code
   * CancellationException}, its interrupt status set.
   */
  public static <T> List<T> inParallel(int limit, List<? extends Callable<T>> tasks) {
    Run<T> run = new Run<>(tasks);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(Math.max(limit, 1), tasks.size()); i++) {
      threads.add(Thread.ofVirtual().name("task-" + i).unstarted(() -> run.work(threads)));
    }
    threads.forEach(Thread::start);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          run.fail(new CancellationException("interrupted"), threads);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return run.results();
  }

  private static final class Run<T> {
    private final List<? extends Callable<T>> tasks;
    private final @Nullable Object[] results;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Run(List<? extends Callable<T>> tasks) {
      this.tasks = tasks;
      this.results = new @Nullable Object[tasks.size()];
    }

    void work(List<Thread> threads) {
      while (failure.get() == null) {
        int index = next.getAndIncrement();
        if (index >= tasks.size()) {
          return;
        }
        try {
          results[index] = tasks.get(index).call();
        } catch (Throwable e) {
          fail(e, threads);
        }
      }
    }

    void fail(Throwable cause, List<Thread> threads) {
      if (failure.compareAndSet(null, cause)) {
        threads.forEach(Thread::interrupt);
      }
    }

    @SuppressWarnings("unchecked")
    List<T> results() {
      Throwable cause = failure.get();
      switch (cause) {
        case null -> {
          return (List<T>) Arrays.asList(results);
        }
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case IOException e -> throw new UncheckedIOException(e);
        default -> throw new IllegalStateException("a parallel task failed", cause);
      }
    }
  }
}

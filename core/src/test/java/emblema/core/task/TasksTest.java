package emblema.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TasksTest {
  @Test
  void returnsResultsInTheOrderOfTheTasks() {
    List<Callable<Integer>> tasks = new ArrayList<>();
    IntStream.range(0, 500).forEach(i -> tasks.add(() -> i));
    assertThat(Tasks.inParallel(7, tasks))
        .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
  }

  @Test
  void runsNoMoreThanTheLimitAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            return running.decrementAndGet();
          });
    }
    Tasks.inParallel(3, tasks);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void throwsTheFirstFailureAfterCancellingTheRest() {
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Callable<String> patient =
        () -> {
          waiting.countDown();
          try {
            new CountDownLatch(1).await();
            return "";
          } finally {
            ended.incrementAndGet();
          }
        };
    Callable<String> failing =
        () -> {
          waiting.await();
          throw new IllegalArgumentException("first");
        };
    Callable<String> later =
        () -> {
          ended.addAndGet(100);
          return "";
        };
    assertThatThrownBy(() -> Tasks.inParallel(2, List.of(patient, failing, later)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("first");
    assertThat(ended).hasValue(1);
  }

  @Test
  void wrapsAnInputOutputFailure() {
    Callable<String> failing =
        () -> {
          throw new IOException("disk");
        };
    assertThatThrownBy(() -> Tasks.inParallel(1, List.of(failing)))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("disk");
  }

  @Test
  void cancelsWhenItsCallerIsInterrupted() {
    Callable<String> patient =
        () -> {
          new CountDownLatch(1).await();
          return "";
        };
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Tasks.inParallel(2, List.of(patient, patient)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNothingForNoTasks() {
    assertThat(Tasks.inParallel(4, List.<Callable<String>>of())).isEmpty();
  }
}

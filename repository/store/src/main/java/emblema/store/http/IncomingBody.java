package emblema.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that does not wait for ever: reading fails when nothing came
 * for the time given, or so little that a server must be holding us up. Only the time spent waiting
 * counts; a slow reader is no fault of the server's. Memory holds one buffer of the client's.
 */
final class IncomingBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private sealed interface Piece {}

  private record Data(List<ByteBuffer> buffers) implements Piece {}

  /**
   * @param failure null if the body is whole
   */
  private record End(@Nullable Throwable failure) implements Piece {}

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final ArrayDeque<ByteBuffer> ready = new ArrayDeque<>();
  private final long stallNanos;
  private final long leastBytes;
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private long waited;
  private long came;
  private @Nullable End end;

  /**
   * @param slowest bytes a second that must come, on average over {@code stall}
   */
  IncomingBody(Duration stall, long slowest) {
    this.stallNanos = stall.toNanos();
    this.leastBytes = slowest * Math.max(1, stall.toSeconds());
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (!subscription.complete(given)) {
      given.cancel();
      return;
    }
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pieces.add(new Data(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new End(failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new End(null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    while (ready.isEmpty()) {
      if (end == null) {
        take();
      } else if (end.failure() == null) {
        return -1;
      } else {
        throw new IOException(String.valueOf(end.failure().getMessage()), end.failure());
      }
    }
    ByteBuffer buffer = ready.element();
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    if (!buffer.hasRemaining()) {
      ready.remove();
    }
    return count;
  }

  private void take() throws IOException {
    switch (await()) {
      case Data data -> {
        for (ByteBuffer buffer : data.buffers()) {
          came += buffer.remaining();
          if (buffer.hasRemaining()) {
            ready.add(buffer);
          }
        }
        subscription.join().request(1);
      }
      case End last -> end = last;
    }
  }

  private Piece await() throws IOException {
    long start = System.nanoTime();
    @Nullable Piece piece;
    try {
      piece = pieces.poll(stallNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    waited += System.nanoTime() - start;
    if (piece == null) {
      throw stalled("no data came");
    }
    if (waited >= stallNanos) {
      if (came < leastBytes && piece instanceof Data) {
        throw stalled("only " + came + " bytes came");
      }
      waited = 0;
      came = 0;
    }
    return piece;
  }

  private HttpTimeoutException stalled(String what) {
    return new HttpTimeoutException(
        what + " for " + TimeUnit.NANOSECONDS.toMillis(stallNanos) / 1000.0 + " seconds");
  }

  /** Gives the rest up, and the connection with it. */
  @Override
  public void close() {
    subscription.thenAccept(Flow.Subscription::cancel);
    end = new End(new IOException("the stream is closed"));
    ready.clear();
    pieces.clear();
  }
}

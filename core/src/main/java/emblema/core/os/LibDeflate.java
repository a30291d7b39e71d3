package emblema.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The compressor of libdeflate, three times as fast as the JDK's deflater, where the system has the
 * library (Debian's {@code libdeflate0}). Whole buffers only: it has no streams. The system
 * properties {@code emblema.native=off} and {@code emblema.deflate=jdk} make it unavailable.
 *
 * <p>One compressor serves one thread at a time and lives as long as the process.
 */
public final class LibDeflate {
  private static final String LIBRARY = "libdeflate.so.0";

  private final Functions functions;
  private final MemorySegment compressor;

  private LibDeflate(Functions functions, MemorySegment compressor) {
    this.functions = functions;
    this.compressor = compressor;
  }

  private record Functions(
      MethodHandle allocate,
      MethodHandle bound,
      MethodHandle compress,
      MethodHandle malloc,
      MethodHandle free) {}

  /** Linked by the first access: commands that compress nothing do not pay for it. */
  private static final class Linked {
    static final @Nullable Functions FUNCTIONS = link();

    private static @Nullable Functions link() {
      if (System.getProperty("emblema.native", "on").equals("off")
          || System.getProperty("emblema.deflate", "").equals("jdk")) {
        return null;
      }
      try {
        SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        var size = ValueLayout.JAVA_LONG;
        var address = ValueLayout.ADDRESS;
        return new Functions(
            handle(
                library,
                "libdeflate_alloc_compressor",
                FunctionDescriptor.of(address, ValueLayout.JAVA_INT)),
            handle(
                library,
                "libdeflate_deflate_compress_bound",
                FunctionDescriptor.of(size, address, size)),
            handle(
                library,
                "libdeflate_deflate_compress",
                FunctionDescriptor.of(size, address, address, size, address, size)),
            handle(
                Linker.nativeLinker().defaultLookup(),
                "malloc",
                FunctionDescriptor.of(address, size)),
            handle(
                Linker.nativeLinker().defaultLookup(), "free", FunctionDescriptor.ofVoid(address)));
      } catch (IllegalArgumentException
          | UnsupportedOperationException
          | IllegalCallerException
          | LinkageError e) {
        return null;
      }
    }

    private static MethodHandle handle(
        SymbolLookup library, String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor);
    }
  }

  public static boolean isAvailable() {
    return Linked.FUNCTIONS != null;
  }

  /**
   * A new compressor, or null where the library is not available.
   *
   * @param level 0 to 12
   */
  public static @Nullable LibDeflate compressor(int level) {
    Functions functions = Linked.FUNCTIONS;
    if (functions == null) {
      return null;
    }
    try {
      MemorySegment compressor = (MemorySegment) functions.allocate.invokeExact(level);
      return compressor.equals(MemorySegment.NULL) ? null : new LibDeflate(functions, compressor);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** The most bytes that content of the given length can compress to. */
  public long bound(long length) {
    try {
      return (long) functions.bound.invokeExact(compressor, length);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /**
   * Compresses to one raw deflate stream.
   *
   * @param out native memory of at least {@link #bound} bytes
   * @return the length of the stream
   */
  public long compress(MemorySegment in, long length, MemorySegment out) {
    if (length > in.byteSize()) {
      throw new IndexOutOfBoundsException("length " + length);
    }
    long written;
    try {
      written = (long) functions.compress.invokeExact(compressor, in, length, out, out.byteSize());
    } catch (Throwable e) {
      throw failure(e);
    }
    if (written == 0) {
      throw new IllegalStateException("libdeflate found no room for " + length + " bytes");
    }
    return written;
  }

  /**
   * Memory outside the heap and outside the JDK's account of it, which a small heap keeps small; to
   * be given to {@link #free}.
   */
  public MemorySegment allocate(long size) {
    try {
      MemorySegment memory = (MemorySegment) functions.malloc.invokeExact(size);
      if (memory.equals(MemorySegment.NULL)) {
        throw new OutOfMemoryError("no native memory for " + size + " bytes");
      }
      return memory.reinterpret(size);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  public void free(MemorySegment memory) {
    try {
      functions.free.invokeExact(memory);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** The handles throw nothing of their own. */
  private static IllegalStateException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("libdeflate cannot be called", cause);
  }
}

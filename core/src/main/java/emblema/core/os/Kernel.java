package emblema.core.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Linux kernel, by the C library's {@code syscall(2)}. Every call has the same shape (seven
 * longs in, one out), so one stub is linked, at the first call. System property {@code
 * emblema.native=off} makes this class say that it is not available.
 */
public final class Kernel {
  /** {@code AT_FDCWD}: paths start at the process's working directory. */
  public static final int WORKING_DIRECTORY = -100;

  private static final String MACHINE = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
  static final boolean IS_ARM = MACHINE.equals("aarch64") || MACHINE.equals("arm64");
  private static final boolean IS_SUPPORTED =
      System.getProperty("os.name", "").equals("Linux")
          && (IS_ARM || MACHINE.equals("amd64") || MACHINE.equals("x86_64"))
          && !System.getProperty("emblema.native", "on").equals("off");

  private Kernel() {}

  /** Linked by the first access; holds nothing when the C library cannot be called. */
  private static final class Linked {
    static final @Nullable MethodHandle CALL = link();
    static final VarHandle ERRNO =
        Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static @Nullable MethodHandle link() {
      ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
      FunctionDescriptor shape =
          FunctionDescriptor.of(number, number, number, number, number, number, number, number);
      try {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library
            .find("syscall")
            .map(
                address ->
                    linker.downcallHandle(
                        address,
                        shape,
                        Linker.Option.captureCallState("errno"),
                        Linker.Option.firstVariadicArg(1)))
            .orElse(null);
      } catch (UnsupportedOperationException | IllegalCallerException | LinkageError e) {
        return null;
      }
    }
  }

  /** Whether this process can call the kernel directly; links the stub. */
  public static boolean isAvailable() {
    return IS_SUPPORTED && Linked.CALL != null;
  }

  /**
   * Makes a call; restarts it when a signal interrupted it.
   *
   * @return what the call returned, never negative
   */
  public static long call(Syscall call, long... arguments) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      return call(scratch, call, arguments);
    }
  }

  /** The same with arguments that lie in scratch memory. */
  static long call(Scratch scratch, Syscall call, long... arguments) throws OsException {
    long a = argument(arguments, 0);
    long b = argument(arguments, 1);
    long c = argument(arguments, 2);
    long d = argument(arguments, 3);
    long e = argument(arguments, 4);
    long f = argument(arguments, 5);
    MethodHandle handle = Linked.CALL;
    if (handle == null) {
      throw new OsException(call, Errno.ENOSYS);
    }
    try {
      while (true) {
        long result = (long) handle.invokeExact(scratch.state(), number(call), a, b, c, d, e, f);
        if (result >= 0) {
          return result;
        }
        int errno = (int) Linked.ERRNO.get(scratch.state(), 0L);
        if (errno != Errno.EINTR || call == Syscall.CLOSE) {
          throw new OsException(call, errno);
        }
      }
    } catch (OsException failure) {
      throw failure;
    } catch (Throwable unexpected) {
      throw new IllegalStateException("system call " + call, unexpected);
    }
  }

  private static long number(Syscall call) {
    return call.number(IS_ARM);
  }

  private static long argument(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0L;
  }
}

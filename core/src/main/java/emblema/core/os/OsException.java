package emblema.core.os;

/** A call to the kernel failed. Carries no stack trace: missing files are everyday. */
public final class OsException extends Exception {
  private final int errno;

  public OsException(Syscall call, int errno) {
    super(call + ": " + Errno.text(errno), null, false, false);
    this.errno = errno;
  }

  /** One of the numbers in {@link Errno}, or any other that Linux knows. */
  public int errno() {
    return errno;
  }
}

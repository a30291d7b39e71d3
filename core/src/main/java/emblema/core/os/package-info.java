/**
 * Calls to the Linux kernel through java.lang.foreign, all through one function handle ({@code
 * syscall}) so that linking costs a process one stub and nothing until the first call. Read {@link
 * emblema.core.os.Kernel} first. Where the calls cannot be made ({@link
 * emblema.core.os.Kernel#isAvailable}) {@code emblema.core.io} does the same with the JDK alone.
 *
 * <p>This package must not know {@code SafePath}, {@code Disk} or any error type of ours: it speaks
 * of file descriptors, bytes and errno.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.os;

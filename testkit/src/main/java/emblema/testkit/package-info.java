/**
 * What tests share: replayable randomness ({@link emblema.testkit.Seed}), a disk that crashes,
 * loses and refuses ({@link emblema.testkit.RecordingDisk}), the harness that does so at every
 * write ({@link emblema.testkit.CrashTest}), comparable listings of trees, golden files,
 * loop-mounted file systems. Read {@link emblema.testkit.CrashTest} first. Knows core and nothing
 * above it.
 */
@org.jspecify.annotations.NullMarked
package emblema.testkit;

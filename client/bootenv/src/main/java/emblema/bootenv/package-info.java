/**
 * Boot environments as their users see them: whole systems side by side, of which one runs and one
 * is started next. Read {@link emblema.bootenv.BootEnvironments} first. Knows nothing of packages
 * and images.
 */
@org.jspecify.annotations.NullMarked
package emblema.bootenv;

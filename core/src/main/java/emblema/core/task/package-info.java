/** Bounded parallel work on virtual threads. */
@org.jspecify.annotations.NullMarked
package emblema.core.task;

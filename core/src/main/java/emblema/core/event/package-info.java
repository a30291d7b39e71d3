/** What long work tells its caller while it runs. Read {@link emblema.core.event.Event} first. */
@org.jspecify.annotations.NullMarked
package emblema.core.event;

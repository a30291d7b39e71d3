package emblema.publisher.format;

import emblema.core.action.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a manifest, with what stands before it.
 *
 * @param comments comment and empty lines
 * @param prefix a macro before the action, or empty text
 * @param text as read; empty for comments that nothing follows
 * @param action null for rules and whatever else is printed as it is
 * @param number of its last physical line, from 1
 */
record SourceLine(
    List<String> comments, String prefix, String text, @Nullable Action action, int number) {}

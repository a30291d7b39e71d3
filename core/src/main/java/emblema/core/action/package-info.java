/**
 * Actions, the lines of a manifest (`spec manifest`). Read {@link emblema.core.action.Action}
 * first.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.action;

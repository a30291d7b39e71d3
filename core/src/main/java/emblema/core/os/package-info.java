/**
 * Native calls through java.lang.foreign, each with a pure-Java fallback.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.os;

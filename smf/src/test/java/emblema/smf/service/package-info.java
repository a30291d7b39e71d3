@org.jspecify.annotations.NullMarked
package emblema.smf.service;

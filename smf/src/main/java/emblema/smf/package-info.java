/**
 * The command {@code shared-migrate}, which a service manager runs at boot. Read {@link
 * emblema.smf.MigrateMain} first. It has no terminal kit: it starts fast, never prompts, and speaks
 * the exit statuses of service managers.
 */
@org.jspecify.annotations.NullMarked
package emblema.smf;

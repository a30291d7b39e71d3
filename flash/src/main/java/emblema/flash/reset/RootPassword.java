package emblema.flash.reset;

/** What becomes of the password of root. */
public enum RootPassword {
  /** Nobody can log in with it. */
  LOCK,
  /** Nobody is asked for one. */
  EMPTY,
  /** It stays the master's. */
  KEEP
}

package emblema.store.history;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps Git's configuration of the system and of the user out: a history must not depend on who
 * asks for it, and nothing may be written to anybody's home directory.
 */
final class GitSurroundings extends SystemReader.Delegate {
  private GitSurroundings(SystemReader system) {
    super(system);
  }

  /** To be called before anything else of Git. */
  static synchronized void install() {
    if (!(SystemReader.getInstance() instanceof GitSurroundings)) {
      SystemReader.setInstance(new GitSurroundings(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  /** Never read and never written. */
  private static final class Empty extends FileBasedConfig {
    @SuppressWarnings("NullAway") // there is no file
    Empty(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}

package emblema.publisher.master.ledger;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.action.GroupAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LinkAction;
import emblema.core.action.SetAction;
import emblema.core.action.UserAction;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.tree.TreeIndex;
import emblema.store.origin.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Ledger} from what a repository holds; nothing else is asked. */
public final class LedgerReader {
  private final Origin repository;
  private String publisher = "";
  private final Map<String, List<String>> facts = new LinkedHashMap<>();
  private final TreeMap<String, PublishedPackage> packages = new TreeMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Action> special = new HashMap<>();
  private final Set<String> hardLinks = new HashSet<>();
  private final List<Action> accounts = new ArrayList<>();
  private final PublishedTree tree;

  private LedgerReader(Origin repository, TreeIndex known) {
    this.repository = repository;
    this.tree = new PublishedTree(known);
  }

  /** The newest release of the incorporation; an empty ledger if it was never published. */
  public static Ledger read(Origin repository, String publisher, String incorporation) {
    return read(repository, publisher, incorporation, TreeIndex.EMPTY);
  }

  /**
   * The same.
   *
   * @param known a tree that is held anyway, much like what was published: what is equal is held
   *     once
   */
  public static Ledger read(
      Origin repository, String publisher, String incorporation, TreeIndex known) {
    return new LedgerReader(repository, known)
        .run(newest(repository, publisher, incorporation), true);
  }

  /** Only the incorporation: cheap, without paths. */
  public static Ledger head(Origin repository, String publisher, String incorporation) {
    return new LedgerReader(repository, TreeIndex.EMPTY)
        .run(newest(repository, publisher, incorporation), false);
  }

  private Ledger run(@Nullable Fmri incorporation, boolean whole) {
    Manifest manifest = Manifest.EMPTY;
    if (incorporation != null) {
      manifest = manifest(incorporation);
      manifest
          .actions(SetAction.class)
          .forEach(
              set ->
                  facts.computeIfAbsent(set.name(), key -> new ArrayList<>()).addAll(set.values()));
      if (whole) {
        manifest
            .dependencies()
            .filter(each -> each.dependencyType().equals("incorporate"))
            .forEach(this::read);
      }
    }
    return new Ledger(
        incorporation,
        manifest,
        facts,
        packages,
        incorporation == null ? TreeIndex.EMPTY : tree.index(),
        owners,
        special,
        hardLinks,
        accounts);
  }

  private void read(DependAction incorporate) {
    for (String text : incorporate.fmris()) {
      Fmri fmri = Fmri.parse(text).withPublisher(publisher);
      CanonicalActions canonical = new CanonicalActions();
      boolean[] marker = new boolean[1];
      List<String> required = new ArrayList<>();
      try (InputStream in = repository.openManifest(fmri)) {
        ManifestReader.stream(
            in,
            fmri.toString(),
            action -> {
              canonical.add(action);
              marker[0] |= isMarker(action);
              if (action instanceof DependAction depend
                  && depend.dependencyType().equals("require")) {
                depend.fmris().forEach(each -> required.add(Fmri.parse(each).stem()));
              }
              take(action, fmri.stem());
            });
      } catch (IOException e) {
        throw unreadable(fmri, e);
      }
      packages.put(
          fmri.stem(),
          new PublishedPackage(
              fmri, canonical.digest(), marker[0], marker[0] ? required : List.of()));
    }
  }

  private static boolean isMarker(Action action) {
    return action instanceof SetAction set
        && (set.name().equals("pkg.obsolete") || set.name().equals("pkg.renamed"))
        && set.value().equals("true");
  }

  private void take(Action action, String stem) {
    if (action instanceof UserAction || action instanceof GroupAction) {
      accounts.add(action);
    }
    if (action instanceof FileAction
        || action instanceof DirectoryAction
        || action instanceof LinkAction
        || action instanceof HardLinkAction) {
      String path = tree.add(action);
      owners.putIfAbsent(path, stem.intern());
      if (action instanceof HardLinkAction) {
        hardLinks.add(path);
      }
      if (action.attributes().has("preserve")
          || action.attributes().has("original_name")
          || action.attributes().has("salvage-from")
          || action.attributes().has("restart_fmri")
          || action.attributes().has("refresh_fmri")) {
        special.put(path, action);
      }
    }
  }

  private StorageException unreadable(Fmri fmri, IOException e) {
    return new StorageException(
        "cannot read the manifest of '" + fmri + "' in '" + repository.location() + "'",
        Objects.toString(e.getMessage(), null),
        List.of(),
        e);
  }

  private Manifest manifest(Fmri fmri) {
    publisher = fmri.publisherIfAny().orElse("");
    return ManifestReader.read(
        new ByteArrayInputStream(repository.manifest(fmri)), fmri.toString());
  }

  private static @Nullable Fmri newest(Origin repository, String publisher, String stem) {
    if (!repository.publishers().contains(publisher)) {
      return null;
    }
    AtomicReference<@Nullable Fmri> newest = new AtomicReference<>();
    repository
        .catalog(publisher)
        .forEach(
            entry -> {
              if (entry.fmri().stem().equals(stem)) {
                newest.set(entry.fmri());
              }
            });
    return newest.get();
  }
}

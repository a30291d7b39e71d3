package emblema.image.image;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import emblema.core.hash.Digest;
import emblema.core.io.SafePath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where everything lies below an image's root (spec image-layout, section 2). All paths are
 * relative to the root.
 */
public record ImageLayout(ImageKind kind) {

  public SafePath metadata() {
    return kind.metadata();
  }

  public SafePath config() {
    return at("pkg5.image");
  }

  public SafePath lock() {
    return at("lock");
  }

  /** An empty file whose time stamp tells others when the image changed last. */
  public SafePath modified() {
    return at("modified");
  }

  public SafePath history() {
    return at("history");
  }

  public SafePath lostAndFound() {
    return at("lost+found");
  }

  public SafePath ssl() {
    return at("ssl");
  }

  /** The state of all packages; replaced whole. */
  public SafePath state() {
    return at("state");
  }

  /** The next state while it is being written, complete and durable before it is swapped in. */
  public SafePath stateBeingWritten() {
    return at("state-new");
  }

  public SafePath cache() {
    return at("cache");
  }

  public SafePath scratch() {
    return at("cache/tmp");
  }

  public SafePath publishers() {
    return at("publisher");
  }

  public SafePath publisher(String prefix) {
    return publishers().resolve(SafePath.of(prefix));
  }

  /** The catalogs as the origin published them. */
  public SafePath originCatalog(String prefix, String originUri) {
    String name = Digest.SHA1.hex(originUri.getBytes(StandardCharsets.UTF_8));
    return origins(prefix).resolve(name);
  }

  public SafePath origins(String prefix) {
    return publisher(prefix).resolve("origins");
  }

  /** What clients that know only one catalog a publisher read. */
  public SafePath publisherCatalog(String prefix) {
    return publisher(prefix).resolve("catalog");
  }

  public SafePath lastRefreshed(String prefix) {
    return publisher(prefix).resolve("last_refreshed");
  }

  public SafePath manifests(String prefix) {
    return publisher(prefix).resolve("pkg");
  }

  /** The manifest of one package version, whose FMRI names publisher and version. */
  public SafePath manifest(Fmri fmri) {
    return manifests(prefixOf(fmri)).resolve(fmri.stemElement()).resolve(fmri.versionElement());
  }

  /** Certificates that a publisher's packages are signed with, by their SHA-1. */
  public SafePath certificates(String prefix) {
    return publisher(prefix).resolve("certs");
  }

  /** Lists of certificates that were taken back, by their addresses. */
  public SafePath revocationLists(String prefix) {
    return publisher(prefix).resolve("crls");
  }

  public SafePath payloads(String prefix) {
    return publisher(prefix).resolve("file");
  }

  /** A downloaded payload, compressed as downloaded. */
  public SafePath payload(String prefix, String sha1) {
    return payloads(prefix).resolve(sha1.substring(0, 2)).resolve(sha1);
  }

  /** The directory of one package's licence texts. */
  public SafePath licenses(String stem) {
    return at("license").resolve(new Fmri(null, stem, null).stemElement());
  }

  /** One licence text of a package. */
  public SafePath license(String stem, String name) {
    return licenses(stem).resolve("license." + PercentEncoding.encode(name));
  }

  /** Directories of a new image, parents first. */
  public List<SafePath> directories() {
    return List.of(
        metadata(),
        state(),
        state().resolve("known"),
        state().resolve("installed"),
        publishers(),
        history(),
        at("gui_cache"),
        at("license"),
        ssl(),
        lostAndFound(),
        cache(),
        cache().resolve("index"),
        cache().resolve("publisher"),
        scratch());
  }

  private SafePath at(String below) {
    return metadata().resolve(below);
  }

  private static String prefixOf(Fmri fmri) {
    return fmri.publisherIfAny()
        .orElseThrow(() -> new IllegalArgumentException(fmri + " names no publisher"));
  }
}

package emblema.store.check;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SetAction;
import emblema.core.action.SignatureAction;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.CatalogAddition;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.PublisherStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one stored manifest: is it one, is it the one that the catalog lists, what it promises. */
final class ManifestCheck {
  private static final String CORRUPT = "Corrupt manifest.";
  private static final String LINT = "Use pkglint(1) for more details.";

  private final PublisherStore store;
  private final SignatureCheck signatures;
  private final Fmri fmri;
  private final SafePath path;
  private final @Nullable CatalogEntry entry;
  private final List<Finding> findings = new ArrayList<>();
  private final List<PayloadClaim> claims = new ArrayList<>();

  /**
   * @param entry what the catalog says, or null for a package that it does not list
   */
  ManifestCheck(
      PublisherStore store, SignatureCheck signatures, Fmri fmri, @Nullable CatalogEntry entry) {
    this.store = store;
    this.signatures = signatures;
    this.fmri = fmri;
    this.path = store.layout().manifest(fmri);
    this.entry = entry;
  }

  Fmri fmri() {
    return fmri;
  }

  SafePath path() {
    return path;
  }

  List<Finding> findings() {
    return findings;
  }

  /** What the manifest promises about payloads; nothing if it cannot be trusted. */
  List<PayloadClaim> claims() {
    return claims;
  }

  ManifestCheck run() {
    Disk disk = store.disk();
    MessageDigest digest = Digest.SHA1.start();
    CatalogAddition.Builder builder = new CatalogAddition.Builder();
    List<Action> signed = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (InputStream in = new DigestInputStream(disk.read(path), digest)) {
      ManifestReader.stream(
          in,
          disk.describe(path),
          action -> {
            builder.take(action);
            claims.addAll(PayloadClaim.of(action));
            if (action instanceof SignatureAction) {
              signed.add(action);
            } else if (action instanceof SetAction set && set.name().equals("pkg.fmri")) {
              names.add(set.value());
            }
          });
      in.transferTo(OutputStream.nullOutputStream());
    } catch (MalformedException e) {
      claims.clear();
      corrupt(Finding.DETAIL, LINT, "Reason", firstLine(e));
      return this;
    } catch (NotFoundException e) {
      if (entry != null) {
        add(Finding.Kind.MISSING_MANIFEST, "Missing manifest.");
      }
      return this;
    } catch (EmblemaException | IOException | UncheckedIOException e) {
      add(Finding.Kind.UNREADABLE, "Verification failure: " + e.getMessage());
      return this;
    }
    if (names.stream().anyMatch(name -> !isThis(name))) {
      corrupt(Finding.DETAIL, "it is the manifest of '" + names.getFirst() + "'");
    }
    compare(Digest.finish(digest), builder);
    if (!signed.isEmpty()) {
      checkSignatures();
    }
    return this;
  }

  private boolean isThis(String name) {
    try {
      Fmri named = Fmri.parse(name);
      return named.stem().equals(fmri.stem()) && named.requireVersion().equals(fmri.version());
    } catch (EmblemaException e) {
      return false;
    }
  }

  private static String firstLine(MalformedException e) {
    return e.detail().or(() -> Optional.of(e.reason())).orElse("").lines().findFirst().orElse("");
  }

  private void compare(String actual, CatalogAddition.Builder builder) {
    if (entry == null || entry.manifestSha1().isEmpty()) {
      return;
    }
    String expected = entry.manifestSha1();
    if (!actual.equals(expected)) {
      if (expected.equals(hashWithoutSignatures())) {
        stale("the manifest was signed and the catalog does not know");
      } else {
        corrupt(
            Finding.EXPECTED,
            expected,
            Finding.COMPUTED,
            actual,
            Finding.DETAIL,
            "The catalog" + " lists another manifest.");
      }
      return;
    }
    SortedMap<String, List<String>> parts = new TreeMap<>(builder.build(fmri, actual).actions());
    parts.keySet().removeIf(part -> !part.endsWith(".C"));
    SortedMap<String, List<String>> listed = new TreeMap<>();
    list(listed, "catalog.dependency.C", entry.dependencyActions());
    list(listed, "catalog.summary.C", entry.summaryActions());
    if (!parts.equals(listed)) {
      stale("its dependencies or descriptions differ from the manifest's");
    }
  }

  private static void list(
      SortedMap<String, List<String>> parts, String part, List<Action> actions) {
    if (!actions.isEmpty()) {
      parts.put(part, actions.stream().map(ActionWriter::write).toList());
    }
  }

  private String hashWithoutSignatures() {
    StringBuilder kept = new StringBuilder();
    String text = new String(store.disk().readBytes(path), StandardCharsets.UTF_8);
    text.lines()
        .filter(line -> !line.startsWith("signature "))
        .forEach(line -> kept.append(line).append('\n'));
    return Digest.SHA1.hex(kept.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void checkSignatures() {
    try (InputStream in = store.disk().read(path)) {
      Manifest manifest = ManifestReader.read(in, store.disk().describe(path));
      for (String problem : signatures.problems(store, fmri, manifest)) {
        add(Finding.Kind.BAD_SIGNATURE, "Bad signature.", Finding.DETAIL, problem);
      }
    } catch (IOException e) {
      add(Finding.Kind.UNREADABLE, "Verification failure: " + e.getMessage());
    }
  }

  /** The reference names the path only: the manifest may be of no package at all. */
  private void corrupt(String... facts) {
    findings.add(
        Finding.of(
            Finding.Kind.CORRUPT_MANIFEST,
            store.prefix(),
            null,
            path,
            CORRUPT,
            facts(path, facts)));
  }

  private void stale(String detail) {
    add(Finding.Kind.STALE_CATALOG, "Catalog does not match manifest.", Finding.DETAIL, detail);
  }

  private void add(Finding.Kind kind, String header, String... more) {
    payload(kind, header, path, more);
  }

  /** What a payload's state means for this package. */
  void report(PayloadClaim claim, PayloadState state) {
    switch (state) {
      case PayloadState.Good ignored -> {}
      case PayloadState.Missing ignored -> {
        SafePath place = claim.place(store);
        payload(
            Finding.Kind.MISSING_FILE,
            "Missing file: " + claim.sha1(),
            place,
            Finding.PATH,
            claim.object());
      }
      case PayloadState.Unreadable bad ->
          payload(Finding.Kind.UNREADABLE, "Verification failure: " + bad.reason(), bad.path());
      case PayloadState.BadGzip bad ->
          payload(
              Finding.Kind.BAD_GZIP,
              "Corrupted gzip file.",
              bad.path(),
              Finding.PATH,
              claim.object());
      case PayloadState.BadHash bad ->
          payload(
              Finding.Kind.BAD_HASH,
              "Invalid file hash: " + bad.expected(),
              bad.path(),
              Finding.COMPUTED,
              bad.actual(),
              Finding.PATH,
              claim.object());
      case PayloadState.BadCompression bad ->
          payload(
              Finding.Kind.BAD_COMPRESSION,
              "Invalid compressed file hash: " + bad.expected(),
              bad.path(),
              Finding.COMPUTED,
              bad.actual(),
              Finding.PATH,
              claim.object());
    }
  }

  private void payload(Finding.Kind kind, String header, @Nullable SafePath where, String... more) {
    findings.add(Finding.of(kind, store.prefix(), fmri, where, header, facts(where, more)));
  }

  private String[] facts(@Nullable SafePath where, String... more) {
    String[] facts = new String[more.length + 2];
    facts[0] = Finding.REPOSITORY_PATH;
    facts[1] = where == null ? "" : store.disk().describe(where);
    System.arraycopy(more, 0, facts, 2, more.length);
    return facts;
  }
}

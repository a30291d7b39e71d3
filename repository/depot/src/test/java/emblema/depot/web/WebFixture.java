package emblema.depot.web;

import emblema.core.action.Action;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import emblema.store.search.RepositorySearch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A repository with packages of good and of bad will. */
final class WebFixture implements AutoCloseable {
  static final String SCRIPT = "<script>document.title='broken into'</script>";
  static final String IMAGE = "\"><img src=x onerror=document.title='broken into'>";
  static final InstantSource CLOCK = () -> Instant.parse("2026-03-01T10:00:00Z");

  final FileRepository repository;
  final RepositorySearch search;

  WebFixture(Path root) {
    repository = FileRepository.create(root);
    repository.addPublisher("example.com", CLOCK);
    repository.addPublisher("hostile.example", CLOCK);
    try (Publication publication = repository.publish(CLOCK)) {
      web(publication, "2.4.1", "20260102T080000Z", "Listen 80", "");
      web(publication, "2.4.2", "20260115T080000Z", "Listen 8080", "");
      web(
          publication,
          "2.5.0",
          "20260220T120000Z",
          "Listen 8080",
          "file NOHASH path=usr/lib/httpd/modules/mod_http2.so owner=root group=bin mode=0555\n");
      for (int i = 1; i <= 130; i++) {
        add(
            publication,
            "pkg://example.com/library/part-" + i + "@1." + i + ",5.11-0.1:20260101T000000Z",
            "set name=pkg.summary value=\"Part number " + i + " of many\"\n");
      }
      add(
          publication,
          "pkg://example.com/web/old-server@1.0,5.11-0.1:20250101T000000Z",
          "set name=pkg.obsolete value=true\n");
      hostile(publication);
      publication.commit();
    }
    search = new RepositorySearch(repository, CLOCK, EventSink.QUIET);
    repository.publishers().forEach(search::refresh);
  }

  private static void web(
      Publication publication, String version, String when, String listen, String more) {
    add(
        publication,
        "pkg://example.com/web/httpd@" + version + ",5.11-0.1:" + when,
        """
        set name=pkg.summary value="Web server that serves pages over HTTP"
        set name=pkg.description value="A server for the web: quick, old and trusted. \
        It reads its configuration from /etc/httpd and writes logs to /var/log/httpd."
        set name=info.classification value=org.opensolaris.category.2008:System/Services \
        value="org.opensolaris.category.2008:Applications/Internet"
        set name=variant.arch value=i386 value=sparc
        depend type=require fmri=pkg:/library/part-1@1.0
        depend type=optional fmri=pkg:/library/part-2@1.0
        dir path=etc/httpd owner=root group=sys mode=0755
        dir path=usr/lib/httpd/modules owner=root group=bin mode=0755
        file NOHASH path=usr/sbin/httpd owner=root group=bin mode=0555
        link path=usr/bin/httpd target=../sbin/httpd
        license NOHASH license="Apache License 2.0"
        group groupname=webservd gid=80
        user username=webservd uid=80 group=webservd
        """
            + "file NOHASH path=etc/httpd/httpd.conf preserve=renamenew owner=root group=sys"
            + " mode=0644 text=\""
            + listen
            + "\"\n"
            + more);
  }

  private static void hostile(Publication publication) {
    for (int i = 1; i <= 2; i++) {
      add(
          publication,
          "pkg://hostile.example/evil@" + i + ",5.11-0.1:2026010" + i + "T000000Z",
          "set name=pkg.summary value='"
              + SCRIPT.replace("'", "\"")
              + "'\n"
              + "set name=pkg.description value=\""
              + IMAGE.replace("\"", "\\\"")
              + "\"\n"
              + "set name=\""
              + SCRIPT
              + "\" value=\""
              + SCRIPT
              + "\"\n"
              + "set name=javascript value=\"javascript:alert(1)\"\n"
              + "set name=info.classification value=\"x:"
              + SCRIPT
              + i
              + "\"\n"
              + "depend type=require fmri=pkg:/library/part-1 x=\""
              + SCRIPT
              + "\"\n"
              + "file NOHASH path=\"a/"
              + SCRIPT.replace("/", "-")
              + "\" owner=\"<b>\" group=\"&amp;\" mode=0644 note=\""
              + SCRIPT
              + i
              + "\"\n"
              + "link path=\"l<i>\" target=\""
              + SCRIPT
              + "\"\n"
              + "license NOHASH license=\""
              + SCRIPT
              + "\"\n");
    }
  }

  private static void add(Publication publication, String fmri, String manifest) {
    publication.add(Fmri.parse(fmri), ManifestReader.read(manifest, "test"), WebFixture::content);
  }

  private static PayloadSource content(Action action) {
    String text =
        action.type().word().equals("license")
            ? "Licence " + action.key() + "\n\n" + SCRIPT + "\n</pre>" + SCRIPT + "\n"
            : "content of " + action.attributes() + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PayloadSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** The addresses of all kinds of pages. */
  static List<String> addresses() {
    return List.of(
        "/",
        "/ui/example.com/",
        "/ui/example.com/?q=web",
        "/ui/example.com/?page=1",
        "/ui/example.com/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/ui/example.com/rows?q=part-1",
        "/ui/example.com/package/web/httpd",
        "/ui/example.com/package/web/httpd@2.5.0%2C5.11-0.1%3A20260220T120000Z",
        "/ui/example.com/compare/web/httpd?from=2.4.1,5.11-0.1:20260102T080000Z"
            + "&to=2.5.0%2C5.11-0.1%3A20260220T120000Z",
        "/ui/example.com/license/web/httpd@2.5.0,5.11-0.1:20260220T120000Z?n=0",
        "/ui/_/search",
        "/ui/_/search?q=httpd",
        "/ui/_/search?q=%3Cscript%3E",
        "/ui/_/search?q=*script*",
        "/ui/_/search?q=((",
        "/ui/hostile.example/",
        "/ui/hostile.example/package/evil",
        "/ui/hostile.example/package/evil@2,5.11-0.1:20260102T000000Z",
        "/ui/hostile.example/compare/evil?from=1,5.11-0.1:20260101T000000Z"
            + "&to=2,5.11-0.1:20260102T000000Z",
        "/ui/hostile.example/license/evil@2,5.11-0.1:20260102T000000Z?n=0");
  }

  @Override
  public void close() {
    search.close();
    repository.close();
  }
}

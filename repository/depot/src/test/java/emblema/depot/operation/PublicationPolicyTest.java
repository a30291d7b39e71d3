package emblema.depot.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may publish. */
class PublicationPolicyTest {
  private static final String TOKEN = "0123456789abcdef0123";

  private static Request request(Optional<String> certificate, String... headers) {
    return new Request(
        "GET",
        "/open/0/a",
        "",
        Headers.of(headers),
        0,
        InputStream.nullInputStream(),
        new Caller("127.0.0.1", certificate, false));
  }

  private static int status(PublicationPolicy policy, String... headers) {
    return policy.refusal(request(Optional.empty(), headers)).map(Response::status).orElse(200);
  }

  @Test
  void isOpenOnThisMachineOnly() {
    assertThat(status(PublicationPolicy.OPEN)).isEqualTo(200);
    PublicationPolicy reachable = new PublicationPolicy(false, List.of(), false);
    assertThat(status(reachable)).isEqualTo(403);
    assertThat(reachable.isClosed()).isTrue();
    Response refusal = reachable.refusal(request(Optional.empty())).orElseThrow();
    assertThat(new String(((Body.Bytes) refusal.body()).bytes(), StandardCharsets.UTF_8))
        .contains("neither a token file nor client certificates say who may publish");
  }

  @Test
  void asksForATokenOfEverybody() {
    PublicationPolicy policy =
        new PublicationPolicy(true, List.of(TOKEN, "other-token-long"), false);
    String basic =
        Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    assertThat(status(policy)).isEqualTo(401);
    assertThat(status(policy, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
    assertThat(status(policy, "authorization", "bearer  " + TOKEN)).isEqualTo(200);
    assertThat(status(policy, "Authorization", "Basic " + basic)).isEqualTo(200);
    assertThat(status(policy, "Authorization", "Bearer " + TOKEN + "x")).isEqualTo(401);
    assertThat(status(policy, "Authorization", "Bearer ")).isEqualTo(401);
    assertThat(status(policy, "Authorization", "Basic ???")).isEqualTo(401);
    assertThat(status(policy, "Authorization", TOKEN)).isEqualTo(401);
  }

  @Test
  void takesACertificateWhereCertificatesCount() {
    Request certified = request(Optional.of("CN=builder"));
    assertThat(new PublicationPolicy(false, List.of(), true).refusal(certified)).isEmpty();
    assertThat(new PublicationPolicy(false, List.of(TOKEN), true).refusal(certified)).isEmpty();
    assertThat(new PublicationPolicy(false, List.of(TOKEN), false).refusal(certified)).isPresent();
    assertThat(status(new PublicationPolicy(false, List.of(), true))).isEqualTo(401);
  }

  @Test
  void refusesWhatAWebPageOfAnotherSiteSends() {
    assertThat(status(PublicationPolicy.OPEN, "Origin", "http://evil.example")).isEqualTo(403);
    assertThat(status(PublicationPolicy.OPEN, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(status(PublicationPolicy.OPEN, "Sec-Fetch-Site", "none")).isEqualTo(200);
  }
}

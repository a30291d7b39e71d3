package emblema.core.sign;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Names of subjects and issuers as people read them, with the words that the reference uses. */
final class DistinguishedName {
  private static final Map<ASN1ObjectIdentifier, String> WORDS =
      Map.of(
          BCStyle.CN, "commonName",
          BCStyle.C, "countryName",
          BCStyle.O, "organizationName",
          BCStyle.OU, "organizationalUnitName",
          BCStyle.ST, "stateOrProvinceName",
          BCStyle.L, "localityName",
          BCStyle.E, "emailAddress",
          BCStyle.SERIALNUMBER, "serialNumber",
          BCStyle.DC, "domainComponent");

  private DistinguishedName() {}

  static String text(X500Name name) {
    return Arrays.stream(name.getRDNs())
        .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
        .map(
            each ->
                WORDS.getOrDefault(each.getType(), each.getType().getId())
                    + "="
                    + IETFUtils.valueToString(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  static List<String> values(X500Name name, ASN1ObjectIdentifier type) {
    return Arrays.stream(name.getRDNs(type))
        .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
        .filter(each -> each.getType().equals(type))
        .map(each -> IETFUtils.valueToString(each.getValue()))
        .toList();
  }
}

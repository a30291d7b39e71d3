package emblema.image.change;

import emblema.core.error.LicenceException;
import emblema.image.plan.PlannedLicence;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses licences that nobody agreed to. */
final class Licences {
  private Licences() {}

  static void requireAccepted(List<PlannedLicence> licences) {
    List<PlannedLicence> open = licences.stream().filter(PlannedLicence::mustAccept).toList();
    if (!open.isEmpty()) {
      throw new LicenceException(
          "the following packages require their licenses to be accepted before they can be"
              + " installed or updated",
          open.stream()
              .map(
                  licence ->
                      "Package: " + licence.owner() + "\nLicense: " + licence.licence().license())
              .collect(Collectors.joining("\n\n")),
          List.of(
              "--accept says that you agree to and accept the licenses of these packages",
              "--licenses shows all of the related licenses"),
          null);
    }
  }
}

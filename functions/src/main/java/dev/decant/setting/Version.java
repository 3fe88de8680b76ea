package dev.decant.setting;

/** The version of decant. */
public final class Version {
  private Version() {}

  /** The version in the jar's manifest, or {@code development} if the classes are not in a jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

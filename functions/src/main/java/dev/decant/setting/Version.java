package dev.decant.setting;

/** The version of this decant. */
public final class Version {
  private Version() {}

  /** As the jar says; {@code development} for classes that are in none. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

package dev.decant.policy;

/** The rule of a policy for an extension that the dump creates. */
public enum ExtensionRule {
  /** A restore needs the extension. */
  KEEP,
  /** The snapshot does not create the extension. */
  DROP
}

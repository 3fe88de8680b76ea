package dev.decant.trace;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Parts before the @ that are no person (RFC 2142 and others in wide use). */
final class RoleNames {
  private static final Set<String> NAMES =
      Set.of(
          """
          abuse account accounts admin administrator billing booking career careers contact
          customer customers default donotreply download enquiries example feedback finance
          hostmaster info inquiries invoice kontakt mailer marketing newsletter noreply no-reply
          notifications office orders payment payments postmaster privacy reception reply sales
          security server service services student subscribe support system testing unknown
          unsubscribe username webmaster website
          """
              .split("\\s+"));

  private static final int LONGEST = 16;

  /** The first letters of the names of each length, as bits. */
  private static final int[] FIRST = new int[LONGEST];

  static {
    NAMES.forEach(name -> FIRST[name.length()] |= 1 << name.charAt(0));
  }

  private RoleNames() {}

  /** Whether a word in lower case is such a name. */
  static boolean has(byte[] word, int from, int length) {
    return length < LONGEST
        && (FIRST[length] & 1 << word[from]) != 0
        && NAMES.contains(new String(word, from, length, StandardCharsets.UTF_8));
  }
}

package dev.decant.trace;

/**
 * Looks up the part of an e-mail address before the @, and the address without a sub-address:
 * {@code max+news@example.com} is {@code max@example.com}, too. One thread uses an instance.
 */
final class AddressSearch {
  private final FilterSearch filter;
  private final SubAddress plain = new SubAddress();

  AddressSearch(FilterSearch filter) {
    this.filter = filter;
  }

  /** Looks at a word that has an @. */
  void look(WordList words, int word) {
    byte[] bytes = words.bytes();
    int start = words.start(word);
    int local = Letters.localPart(bytes, start, words.length(word));
    filter.word(bytes, start, local);
    if (!plain.read(bytes, start, words.length(word), local)) {
      return;
    }
    // The address may follow other punctuation, as in mailto:max+news@example.com.
    for (int from = 0; from < plain.localPart(); from++) {
      if (from == 0 || !Letters.isLetterOrDigit(plain.bytes()[from - 1])) {
        filter.word(plain.bytes(), from, plain.length() - from);
        filter.word(plain.bytes(), from, plain.localPart() - from);
      }
    }
  }
}

package dev.decant.manifest;

import dev.decant.mask.Disclosure;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.Masks;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.progress.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the masks of a report hide and let through, in the sentences of {@code docs/masks.md}. */
final class ReportMasks {
  /** The options that have masks for the parts of a value. */
  private static final Set<String> OF_PARTS =
      Set.of("columns", "keys", "keys-of", "fields", "other", "of");

  /** A name in the text of such an option: alone, after the name of a part, or between commas. */
  private static final Pattern NAME = Pattern.compile("(?:^|: |, )([a-z][a-z-]*)(?=\\{|, |$)");

  private static final String NOT_STATED = "The author of the mask does not state it.";

  private static final Masks ALL = BuiltInMasks.standard();

  /** A piece of a sentence, which may be code. */
  record Piece(String text, boolean code) {}

  /** A mask and the number of its columns. */
  record Used(String mask, String columns, List<Piece> hides) {}

  /** The masks that let the same through. */
  record View(List<Piece> letsThrough, List<Used> masks) {}

  private ReportMasks() {}

  /** The masks that are used, without {@code keep}. The largest groups come first. */
  static List<View> of(Manifest manifest) {
    Map<String, Long> used = new TreeMap<>();
    for (Manifest.Table table : manifest.tables()) {
      for (Manifest.Column column : table.columns()) {
        column.rules().stream()
            .flatMap(rule -> names(rule).stream())
            .distinct()
            .forEach(name -> used.merge(name, 1L, Long::sum));
      }
    }
    used.remove("keep");
    Map<String, List<Used>> groups = new TreeMap<>();
    used.forEach(
        (mask, columns) -> {
          Optional<Disclosure> disclosure = ALL.whole(mask).flatMap(MaskFactory::disclosure);
          groups
              .computeIfAbsent(
                  disclosure.map(Disclosure::letsThrough).orElse(NOT_STATED),
                  l -> new ArrayList<>())
              .add(
                  new Used(
                      mask,
                      Quantity.counted(columns, "column"),
                      pieces(disclosure.map(Disclosure::hides).orElse(NOT_STATED))));
        });
    return groups.entrySet().stream()
        .map(group -> new View(pieces(group.getKey()), group.getValue()))
        .sorted(Comparator.comparingInt(view -> -view.masks().size()))
        .toList();
  }

  private static List<String> names(Manifest.Rule rule) {
    List<String> names = new ArrayList<>(List.of(rule.mask()));
    rule.options()
        .forEach(
            (option, text) -> {
              if (OF_PARTS.contains(option)) {
                for (Matcher name = NAME.matcher(text); name.find(); ) {
                  ALL.whole(name.group(1)).map(MaskFactory::name).ifPresent(names::add);
                }
              }
            });
    return names;
  }

  /** Takes the code of Markdown out of a sentence. */
  private static List<Piece> pieces(String sentence) {
    String[] parts = sentence.split("`", -1);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        pieces.add(new Piece(parts[i], i % 2 == 1));
      }
    }
    return pieces;
  }
}

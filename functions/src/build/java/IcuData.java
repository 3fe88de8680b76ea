import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The data of ICU in its library libicudata. ICU keeps all its data in one table of named items,
 * sorted by name (ICU's source file ucmndata.h describes it). Two fifths of them format dates,
 * numbers, currencies and units, spell numbers out, transliterate, and name languages, regions and
 * time zones. PostgreSQL compares, changes the case, and converts encodings, so it reads none of
 * these. The tool icupkg of ICU can remove them as well, but a build of decant needs only Java.
 */
final class IcuData {
  private static final byte[] TYPE = "CmnD".getBytes(StandardCharsets.US_ASCII);
  private static final int TYPE_AT = 12;
  private static final short MAGIC = 0x27da;
  private static final int ENTRY = 8;

  private static final Pattern UNUSED =
      Pattern.compile("icudt\\d+l/(curr|lang|rbnf|region|translit|unit|zone)/.+");

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final int table;

  private IcuData(byte[] library) throws IOException {
    bytes = library;
    buffer = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
    int header = indexOf(TYPE) - TYPE_AT;
    if (header < 0 || buffer.getShort(header + 2) != MAGIC) {
      throw new IOException("The library of ICU's data has no table of items.");
    }
    table = header + Short.toUnsignedInt(buffer.getShort(header));
  }

  /**
   * Removes the items that PostgreSQL does not read from the table, and fills their place with
   * zeros, which take no room in a compressed archive. The other items stay where they are.
   */
  static void removeDisplayNames(byte[] library) throws IOException {
    new IcuData(library).remove();
  }

  private void remove() throws IOException {
    int count = buffer.getInt(table);
    int kept = 0;
    for (int item = 0; item < count; item++) {
      long entry = buffer.getLong(entry(item));
      if (UNUSED.matcher(name(entry)).matches()) {
        if (item + 1 == count) {
          throw new IOException("The size of the last item of ICU's data is not known.");
        }
        Arrays.fill(bytes, data(entry), data(buffer.getLong(entry(item + 1))), (byte) 0);
      } else {
        buffer.putLong(entry(kept++), entry);
      }
    }
    if (kept == count) {
      throw new IOException("ICU's data has none of the items " + UNUSED + '.');
    }
    buffer.putInt(table, kept);
  }

  private int entry(int item) {
    return table + Integer.BYTES + item * ENTRY;
  }

  /** An entry has the offsets of the name and of the data from the beginning of the table. */
  private String name(long entry) {
    int start = table + (int) entry;
    int end = start;
    while (bytes[end] != 0) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
  }

  private int data(long entry) {
    return table + (int) (entry >>> Integer.SIZE);
  }

  private int indexOf(byte[] text) {
    for (int at = 0; at <= bytes.length - text.length; at++) {
      if (Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
        return at;
      }
    }
    return -1;
  }
}

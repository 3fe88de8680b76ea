package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Masks;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ColumnType.Parts;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Applies one mask to texts. */
public final class MaskProbe {
  static final MaskingKey KEY = key(7);
  static final Masks MASKS = BuiltInMasks.standard();

  private final Mask mask;

  private MaskProbe(Mask mask) {
    this.mask = mask;
  }

  static MaskingKey key(int seed) {
    byte[] key = new byte[MaskingKey.MIN_BYTES];
    Arrays.fill(key, (byte) seed);
    return new MaskingKey(key);
  }

  public static MaskProbe of(MaskSpec spec, Column column, MaskingKey key, String... fields) {
    List<String> columns = List.of(fields);
    return new MaskProbe(new TableMaskKit(MASKS, key, Locale.GERMAN, columns).mask(spec, column));
  }

  public static MaskProbe of(MaskSpec spec, Column column) {
    return of(spec, column, KEY);
  }

  public static MaskProbe text(String name, Object... options) {
    return of(spec(name, options), column("text", TypeCategory.TEXT));
  }

  public static MaskSpec spec(String name, Object... options) {
    return MaskSpec.of(
        name,
        IntStream.range(0, options.length / 2)
            .boxed()
            .collect(Collectors.toMap(i -> (String) options[2 * i], i -> options[2 * i + 1])));
  }

  public static Column column(String type, TypeCategory category) {
    return column(ColumnType.of(type, category));
  }

  static Column varchar(int length) {
    return column(
        new ColumnType(
            "character varying(" + length + ")",
            TypeCategory.TEXT,
            length,
            -1,
            -1,
            List.of(),
            null,
            false));
  }

  static Column blankPadded(int length) {
    return column(
        new ColumnType(
            "character(" + length + ")",
            TypeCategory.TEXT,
            length,
            -1,
            -1,
            List.of(),
            null,
            false));
  }

  /** The same column in a database in SQL_ASCII, whose lengths count bytes. */
  static Column inBytes(Column column) {
    ColumnType type = column.type();
    return column(
        new ColumnType(
            type.name() + " in bytes",
            type.category(),
            new ColumnType.Length(type.maxLength(), true),
            -1,
            -1,
            List.of(),
            null,
            false));
  }

  static Column numeric(int precision, int scale) {
    return column(
        new ColumnType(
            "numeric(" + precision + "," + scale + ")",
            TypeCategory.NUMERIC,
            -1,
            precision,
            scale,
            List.of(),
            null,
            false));
  }

  static Column array(Column element) {
    String name = element.type().name() + "[]";
    return column(
        new ColumnType(
            name,
            TypeCategory.ARRAY,
            -1,
            -1,
            -1,
            List.of(),
            new Parts.Element(element.type()),
            false));
  }

  static Column range(String name, ColumnType bounds) {
    return column(
        new ColumnType(
            name, TypeCategory.RANGE, -1, -1, -1, List.of(), new Parts.Element(bounds), false));
  }

  static Column composite(String name, ColumnType.Field... fields) {
    return column(
        new ColumnType(
            name,
            TypeCategory.COMPOSITE,
            -1,
            -1,
            -1,
            List.of(),
            new Parts.Fields(List.of(fields)),
            false));
  }

  static ColumnType.Field field(String name, TypeCategory category) {
    return new ColumnType.Field(name, ColumnType.of(category.name(), category));
  }

  static Column labels(String... labels) {
    return column(
        new ColumnType("mood", TypeCategory.ENUM, -1, -1, -1, List.of(labels), null, false));
  }

  public static Column column(ColumnType type) {
    return new Column("c", type, false, false, false);
  }

  static @Nullable String refusal(MaskSpec spec, Column column) {
    return MASKS.factory(spec.name()).orElseThrow().refusal(spec, column);
  }

  static boolean injective(MaskSpec spec, Column column) {
    return MASKS.factory(spec.name()).orElseThrow().injective(spec, column);
  }

  /** The masked text, or "NULL" for NULL. */
  public String mask(String value, @Nullable String... row) {
    byte[] masked = maskBytes(value.getBytes(StandardCharsets.UTF_8), row);
    return masked == null ? "NULL" : new String(masked, StandardCharsets.UTF_8);
  }

  /** The masked bytes, or null for NULL. It also checks that the mask changes nothing else. */
  public byte @Nullable [] maskBytes(byte[] value, @Nullable String... row) {
    byte[] padded = new byte[value.length + 8];
    Arrays.fill(padded, (byte) '7');
    System.arraycopy(value, 0, padded, 3, value.length);
    byte[] before = padded.clone();
    Bytes out = new Bytes(4);
    out.append("before");
    boolean notNull = mask.apply(padded, 3, 3 + value.length, new TextRow(row), out);
    if (!Arrays.equals(before, padded)) {
      throw new AssertionError("the mask changed the raw value");
    }
    String start = new String(out.array(), 0, 6, StandardCharsets.UTF_8);
    if (out.length() < 6 || !start.equals("before")) {
      throw new AssertionError("the mask changed what stood before");
    }
    return notNull ? Arrays.copyOfRange(out.array(), 6, out.length()) : null;
  }

  /** A row of texts. */
  private static final class TextRow implements RowView {
    private final @Nullable String[] fields;
    private byte[] bytes = {};

    TextRow(@Nullable String[] fields) {
      this.fields = fields;
    }

    @Override
    public boolean isNull(int field) {
      return fields[field] == null;
    }

    @Override
    public void select(int field) {
      String text = fields[field];
      bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int from() {
      return 0;
    }

    @Override
    public int to() {
      return bytes.length;
    }
  }
}

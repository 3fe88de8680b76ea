package dev.decant.manifest;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes manifests as JSON. Fields that this version does not know are ignored, although
 * the signature covers them. A field that does not match the format, or is given twice, is an
 * error.
 */
public final class ManifestJson {
  /** The end of the message about a manifest of a newer version. */
  static final String USE_NEWER = "Use a newer decant.";

  /** What may be the version of a decant that this one does not know. */
  private static final Pattern DECANT = Pattern.compile("[0-9][0-9A-Za-z.+-]{0,39}");

  private static final long LARGEST_EXACT = (1L << 53) - 1;

  /**
   * The largest size of a manifest in bytes, so that an object in a store cannot fill the memory of
   * its readers. A frame of 8 MiB of text takes about 200 bytes, so this is enough for 5 TB.
   */
  private static final long LARGEST_MANIFEST = 128L << 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(module())
          .annotationIntrospector(new NullnessIntrospector())
          .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  List.of(
                          CoercionInputShape.Integer,
                          CoercionInputShape.Float,
                          CoercionInputShape.Boolean)
                      .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectWriter WRITER = MAPPER.writer(new OneEntryALine());

  private ManifestJson() {}

  /** Writes a manifest for a store, with a line for each table and each frame. */
  public static byte[] write(Manifest manifest) {
    try {
      return (WRITER.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a manifest that was read, with all of its fields. */
  public static byte[] write(ObjectNode manifest) {
    try {
      return (WRITER.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @param where the name of the manifest in messages
   */
  public static Manifest read(byte[] json, String where) {
    return read(tree(json, where), where);
  }

  static Manifest read(ObjectNode tree, String where) {
    JsonNode version = tree.path("version");
    if (!version.isInt() || version.intValue() < 1) {
      throw damaged(where, "has no version");
    }
    if (version.intValue() > Manifest.VERSION) {
      throw newer(where, version.intValue(), tree.path("decant").textValue());
    }
    try {
      Manifest manifest = MAPPER.treeToValue(tree, Manifest.class);
      var _ = manifest.snapshot();
      return manifest;
    } catch (JsonProcessingException e) {
      throw damaged(where, "is not a manifest of version " + Manifest.VERSION);
    } catch (DecantException e) {
      throw damaged(where, "has a name that no snapshot can have");
    }
  }

  static void requireSize(long size, String where) {
    if (size > LARGEST_MANIFEST) {
      throw damaged(where, "has " + size + " bytes, which is more than any manifest has");
    }
  }

  /**
   * The error for a manifest of a newer version.
   *
   * @param decant the version of decant that made it, if the manifest states one
   */
  static DecantException newer(String where, int version, @Nullable String decant) {
    return new DecantException(
        ErrorCode.INPUT_UNSUPPORTED,
        "The manifest "
            + where
            + " has version "
            + version
            + ", but this decant reads version "
            + Manifest.VERSION
            + ". "
            + (decant != null && DECANT.matcher(decant).matches()
                ? "It was made by decant " + decant + ". "
                : "")
            + USE_NEWER);
  }

  static DecantException damaged(String where, String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The manifest "
            + where
            + " "
            + how
            + ". Take another snapshot, or sanitize this one again.");
  }

  static ObjectNode tree(byte[] json, String where) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (StreamReadException e) {
      // The parser reports a field that an object has twice only by its text.
      String text = e.getOriginalMessage();
      throw damaged(
          where,
          text.startsWith("Duplicate field")
              ? "has the same field twice in one object, so that readers could understand it"
                  + " differently"
              : "is not JSON");
    } catch (IOException e) {
      throw damaged(where, "is not JSON");
    }
    throw damaged(where, "is not a JSON object");
  }

  static ObjectNode tree(Manifest manifest) {
    return MAPPER.valueToTree(manifest);
  }

  /**
   * The bytes that are signed: the canonical form (RFC 8785) without the field {@code signature}.
   *
   * @throws IllegalArgumentException if the canonical form would round a number, or if a text has
   *     half of a surrogate pair, so that two manifests could have the same signature
   */
  static byte[] signed(ObjectNode tree) {
    ObjectNode unsigned = tree.deepCopy();
    unsigned.remove("signature");
    requireExact(unsigned);
    try {
      String canonical =
          new JsonCanonicalizer(MAPPER.writeValueAsString(unsigned)).getEncodedString();
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(canonical));
      byte[] signed = new byte[bytes.remaining()];
      bytes.get(signed);
      return signed;
    } catch (IOException e) {
      throw new IllegalArgumentException("no canonical form", e);
    }
  }

  private static void requireExact(JsonNode node) {
    if (node.isNumber()
        && (!node.canConvertToLong()
            || !node.isIntegralNumber()
            || node.longValue() > LARGEST_EXACT
            || node.longValue() < -LARGEST_EXACT)) {
      throw new IllegalArgumentException("a number that is not an exact integer");
    }
    node.forEach(ManifestJson::requireExact);
  }

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Instant.class, ToStringSerializer.instance);
    module.addDeserializer(Instant.class, new InstantReader());
    module.addSerializer(TableName.class, ToStringSerializer.instance);
    module.addDeserializer(TableName.class, new TableNameReader());
    return module;
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(parser.getValueAsString(""));
      } catch (DateTimeException e) {
        throw context.weirdStringException("", Instant.class, "a UTC time");
      }
    }
  }

  private static final class TableNameReader extends StdScalarDeserializer<TableName> {
    private static final long serialVersionUID = 1L;

    TableNameReader() {
      super(TableName.class);
    }

    @Override
    public TableName deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return TableNames.parse(parser.getValueAsString(""));
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException("", TableName.class, "a table's name");
      }
    }
  }

  /**
   * Breaks lines between the fields of the manifest and between the entries of its lists, but not
   * within an entry.
   */
  private static final class OneEntryALine extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 2;

    OneEntryALine() {
      Indenter indenter = new ShallowIndenter();
      indentObjectsWith(indenter);
      indentArraysWith(indenter);
    }

    private OneEntryALine(OneEntryALine base) {
      super(base);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new OneEntryALine(this);
    }

    @Override
    public void writeEndObject(JsonGenerator generator, int entries) throws IOException {
      end(generator, entries, '}');
    }

    @Override
    public void writeEndArray(JsonGenerator generator, int entries) throws IOException {
      end(generator, entries, ']');
    }

    private void end(JsonGenerator generator, int entries, char bracket) throws IOException {
      boolean broken = _nesting <= DEEPEST && entries > 0;
      _nesting--;
      generator.writeRaw(broken ? "\n" + "  ".repeat(_nesting) : " ");
      generator.writeRaw(bracket);
    }

    private static final class ShallowIndenter implements Indenter, Serializable {
      private static final long serialVersionUID = 1L;

      @Override
      public void writeIndentation(JsonGenerator generator, int level) throws IOException {
        generator.writeRaw(level > DEEPEST ? " " : "\n" + "  ".repeat(level));
      }

      @Override
      public boolean isInline() {
        return false;
      }
    }
  }
}

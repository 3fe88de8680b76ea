package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PointMaskTest {
  private static final Column POINT = MaskProbe.column("point", TypeCategory.POINT);
  private static final double EARTH = 6_371_000;

  private static Column geometry(String type) {
    return MaskProbe.column(type, TypeCategory.OTHER);
  }

  /** The distance on a sphere by the haversine formula. */
  private static double meters(double lon1, double lat1, double lon2, double lat2) {
    double a =
        Math.pow(Math.sin(Math.toRadians(lat2 - lat1) / 2), 2)
            + Math.cos(Math.toRadians(lat1))
                * Math.cos(Math.toRadians(lat2))
                * Math.pow(Math.sin(Math.toRadians(lon2 - lon1) / 2), 2);
    return 2 * EARTH * Math.asin(Math.sqrt(a));
  }

  @Test
  void aPointMovesByHalfOfTheDistanceOrMore() {
    MaskProbe mask = MaskProbe.of(MaskProbe.spec("point", "meters", 500L), POINT);
    Random random = new Random(4);
    for (int i = 0; i < 3000; i++) {
      double lon = random.nextDouble(-179, 179);
      double lat = random.nextDouble(-85, 85);
      String[] masked =
          mask.mask("(" + lon + "," + lat + ")").replaceAll("[()]", "").split(",", -1);
      assertThat(meters(lon, lat, Double.parseDouble(masked[0]), Double.parseDouble(masked[1])))
          .isBetween(245.0, 505.0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(180,90);\\(1[78]\\d.*,(89|90).*\\)",
        "(NaN,0);\\(-?0\\.0\\d*,-?0\\.0\\d*\\)",
        "(13.4,-Infinity);\\(13\\.[34]\\d*,-?0\\.\\d+\\)",
        "(3500000.5,5800000);\\((3499|350[01])\\d{3}.*,(5799|580[01]|5798)\\d{3}.*\\)",
        "(1e+300,2);\\(-?0\\.0\\d*,(1\\.99|2\\.00)\\d*\\)"
      })
  void unusualPointsBecomePoints(String raw, String expected) {
    assertThat(MaskProbe.of(MaskSpec.of("point"), POINT).mask(raw)).matches(expected);
  }

  @Test
  void pointsOfPostgisMoveAndKeepTheirOtherCoordinates() {
    MaskProbe mask = MaskProbe.of(MaskSpec.of("point"), geometry("public.geometry(PointZ,4326)"));
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] bytes = new byte[33];
      ByteBuffer raw = ByteBuffer.wrap(bytes).order(order);
      raw.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 0)).putInt(0xa0000001).putInt(4326);
      raw.putDouble(13.405).putDouble(52.52).putDouble(34.5);
      ByteBuffer masked =
          ByteBuffer.wrap(HexFormat.of().parseHex(mask.mask(hex(bytes)))).order(order);
      assertThat(masked.getInt(1)).isEqualTo(0xa0000001);
      assertThat(masked.getInt(5)).isEqualTo(4326);
      assertThat(meters(13.405, 52.52, masked.getDouble(9), masked.getDouble(17)))
          .isBetween(495.0, 1005.0);
      assertThat(masked.getDouble(25)).isEqualTo(34.5);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  @Test
  void allPlacesOfAShapeMoveAlike() {
    byte[] bytes = new byte[1 + 8 + 4 + 9 + 4 + 4 * 16 + 9 + 32];
    ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] ring = {
      500_000, 5_800_000, 500_100, 5_800_000, 500_100, 5_800_100, 500_000, 5_800_000
    };
    raw.put((byte) 1).putInt(0x20000007).putInt(25832).putInt(2);
    raw.put((byte) 1).putInt(3).putInt(1).putInt(4);
    for (double d : ring) {
      raw.putDouble(d);
    }
    raw.put((byte) 1).putInt(2).putInt(2);
    raw.putDouble(500_000).putDouble(5_800_000).putDouble(500_050).putDouble(5_800_050);
    MaskProbe mask = MaskProbe.of(MaskSpec.of("point"), geometry("geometry"));
    ByteBuffer masked =
        ByteBuffer.wrap(HexFormat.of().parseHex(mask.mask(hex(bytes))))
            .order(ByteOrder.LITTLE_ENDIAN);
    double east = masked.getDouble(26) - 500_000;
    double north = masked.getDouble(34) - 5_800_000;
    assertThat(Math.hypot(east, north)).isBetween(499.0, 1001.0);
    for (int i = 0; i < ring.length; i++) {
      assertThat(masked.getDouble(26 + 8 * i)).isEqualTo(ring[i] + (i % 2 == 0 ? east : north));
    }
    assertThat(masked.getDouble(99 + 16)).isEqualTo(500_050 + east);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "zz",
        "01",
        "0101000020E6100000",
        "0101000000",
        "01630000000000000000",
        "010200000005000000",
        "0101000000000000000000F03F000000000000F03F00"
      })
  void otherTextsAreNoGeometry(String raw) {
    assertThatThrownBy(() -> MaskProbe.of(MaskSpec.of("point"), geometry("geometry")).mask(raw))
        .hasMessage("The value is not a geometry as PostGIS writes it.");
  }

  @Test
  void anEmptyPointStaysEmpty() {
    String empty = "0101000000000000000000F87F000000000000F87F";
    assertThat(MaskProbe.of(MaskSpec.of("point"), geometry("geography")).mask(empty))
        .isEqualTo(empty);
  }

  @Test
  void otherTypesAndDistancesAreRefused() {
    assertThat(MaskProbe.refusal(MaskSpec.of("point"), geometry("tsquery")))
        .contains("does not serve columns of type tsquery");
    for (String type : new String[] {"geometry", "x.geography(Point,4326)", "\"Gis\".geometry"}) {
      assertThat(MaskProbe.refusal(MaskSpec.of("point"), geometry(type)))
          .as(type.toLowerCase(Locale.ROOT))
          .isNull();
    }
    assertThat(MaskProbe.refusal(MaskProbe.spec("point", "meters", 0L), POINT))
        .contains("1 to 1000000");
  }
}

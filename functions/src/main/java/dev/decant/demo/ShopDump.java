package dev.decant.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.resource.PackagedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes the dump of an invented shop in the plain format of pg_dump, in any size. The same seed
 * and size give the same bytes. Its people are invented; their names are common German and English
 * ones.
 */
public final class ShopDump {
  /** The e-mail address of the admin, for the anchor of the policy. */
  public static final String ADMIN_EMAIL = "karin.admin@shop-prod.de";

  /** The approximate number of bytes in the dump for each user. */
  private static final int BYTES_PER_USER = 2224;

  private final ShopRows rows;
  private final long users;
  private final OutputStream out;
  private final StringBuilder line = new StringBuilder(1 << 16);

  private ShopDump(OutputStream out, long bytes, long seed) {
    this.out = out;
    this.users = Math.max(20, bytes / BYTES_PER_USER);
    this.rows = new ShopRows(seed, users);
  }

  /**
   * Writes a dump of about this many bytes. The caller closes the stream.
   *
   * @throws UncheckedIOException if the stream fails
   */
  public static void write(OutputStream out, long bytes, long seed) {
    try {
      new ShopDump(out, bytes, seed).write();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface RowMaker {
    void append(long id, StringBuilder line);
  }

  private void write() throws IOException {
    copyResource("shop-before.sql");
    table(
        "address", "id, user_id, street, postcode, city, country", rows.addresses(), rows::address);
    table(
        "attachment",
        "id, owner_id, filename, mime_type, content",
        rows.attachments(),
        rows::attachment);
    table("audit_log", "id, at, actor, ip, action, detail", rows.audits(), rows::audit);
    table(
        "external_system_integration",
        "id, name, push_products, push_service_base_url, push_service_api_key",
        3,
        rows::integration);
    table("newsletter_subscriber", "id, name, email", rows.subscribers(), rows::subscriber);
    table(
        "\"order\"",
        "id, user_id, address_id, status, total, currency, note, placed_at",
        rows.orders(),
        rows::order);
    table(
        "payment",
        "id, order_id, method, holder, account, amount, paid_at",
        rows.orders(),
        rows::payment);
    table("session", "session_key, user_id, data, expires_at", rows.sessions(), rows::session);
    table(
        "support_message",
        "id, user_id, order_id, subject, body, sent_at",
        rows.messages(),
        rows::message);
    table(
        "\"user\"",
        "id, email, first_name, last_name, full_name, phone, birth_date, hashed_password,"
            + " is_superuser, is_active, profile, created_at, updated_at",
        users,
        rows::user);
    sequence("address_id_seq", rows.addresses());
    sequence("user_id_seq", users);
    copyResource("shop-after.sql");
  }

  private void table(String name, String columns, long count, RowMaker row) throws IOException {
    String bare = name.replace("\"", "");
    line.append("--\n-- Data for Name: ")
        .append(bare)
        .append("; Type: TABLE DATA; Schema: public; Owner: shop\n--\n\nCOPY public.")
        .append(name)
        .append(" (")
        .append(columns)
        .append(") FROM stdin;\n");
    for (long id = 1; id <= count; id++) {
      row.append(id, line);
      line.append('\n');
      if (line.length() > 1 << 15) {
        flush();
      }
    }
    line.append("\\.\n\n\n");
    flush();
  }

  private void sequence(String name, long value) throws IOException {
    line.append("--\n-- Name: ")
        .append(name)
        .append("; Type: SEQUENCE SET; Schema: public; Owner: shop\n--\n\n")
        .append("SELECT pg_catalog.setval('public.")
        .append(name)
        .append("', ")
        .append(value)
        .append(", true);\n\n\n");
    flush();
  }

  private void flush() throws IOException {
    out.write(line.toString().getBytes(UTF_8));
    line.setLength(0);
  }

  private void copyResource(String name) throws IOException {
    out.write(PackagedFile.bytes(ShopDump.class, name));
  }
}

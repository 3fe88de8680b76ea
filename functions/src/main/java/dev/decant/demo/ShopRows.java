package dev.decant.demo;

import java.time.LocalDate;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The rows of the shop. Every row is computed from the seed and its number, so the tables agree
 * about a user without keeping users in memory.
 */
final class ShopRows {
  private static final String[] FIRST = {
    "Anna", "Ben", "Charlotte", "David", "Emma", "Felix", "Greta", "Hannah", "Jürgen", "Jörg",
    "Käthe", "Leon", "Mia", "Noah", "Oskar", "Paula", "Sören", "Sophie", "Thomas", "Ursula",
    "Alice", "Brian", "Chloe", "Daniel", "Ellie", "Freddie", "George", "Harriet", "Isla", "Jack",
    "Kate", "Liam", "Molly", "Nathan", "Olivia", "Poppy", "Ryan", "Sarah", "Toby", "Zoë"
  };
  private static final String[] LAST = {
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schäfer",
    "Hoffmann", "Köhler", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz",
    "Krüger", "Groß", "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson",
    "Davies", "Robinson", "Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green",
    "Hall", "Wood", "Harris", "O'Neill"
  };
  private static final String[] STREETS = {
    "Hauptstraße",
    "Bahnhofstraße",
    "Gartenweg",
    "Lindenallee",
    "Schulstraße",
    "High Street",
    "Station Road",
    "Church Lane",
    "Victoria Road",
    "Mill Lane"
  };
  private static final String[] CITIES = {
    "Berlin", "Hamburg", "München", "Köln", "Düsseldorf", "London", "Leeds", "Bristol", "York"
  };
  private static final String[] MAIL = {
    "gmail.com", "web.de", "gmx.de", "outlook.com", "mail.co.uk"
  };
  private static final String[] ACTIONS = {"login", "view", "update", "export", "delete"};
  private static final String[] STATUS = {"open", "paid", "sent", "sent", "returned"};
  private static final String[] SENTENCES = {
    "my parcel has not arrived yet.",
    "please send the invoice again.",
    "the colour is not what I ordered.",
    "can I still change the delivery address?",
    "the discount code was not accepted.",
    "thank you for the quick help last week.",
    "I would like to return two of the items.",
    "your courier left it with a neighbour."
  };
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final LocalDate EPOCH = LocalDate.of(2021, 1, 1);

  private final long seed;
  private final long users;

  ShopRows(long seed, long users) {
    this.seed = seed;
    this.users = users;
  }

  long addresses() {
    return users * 13 / 10;
  }

  long attachments() {
    return Math.max(2, users / 50);
  }

  long audits() {
    return users * 4;
  }

  long subscribers() {
    return users * 3 / 10;
  }

  long orders() {
    return users * 3;
  }

  long sessions() {
    return users / 2;
  }

  long messages() {
    return users * 12 / 10;
  }

  private SplittableRandom random(int table, long id) {
    return new SplittableRandom(seed * 31 + table * 0x9E3779B97F4A7C15L + id * 0xBF58476D1CE4E5B9L);
  }

  private static String pick(String[] of, SplittableRandom random) {
    return of[random.nextInt(of.length)];
  }

  private String first(long user) {
    return pick(FIRST, random(1, user));
  }

  private String last(long user) {
    return pick(LAST, random(2, user));
  }

  String email(long user) {
    if (user == 1) {
      return ShopDump.ADMIN_EMAIL;
    }
    String name = ascii(first(user)) + '.' + ascii(last(user));
    return name + user + '@' + pick(MAIL, random(3, user));
  }

  private static String ascii(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("ä", "ae")
        .replace("ö", "oe")
        .replace("ü", "ue")
        .replace("ß", "ss")
        .replace("ë", "e")
        .replace("'", "");
  }

  private String phone(long user) {
    SplittableRandom random = random(4, user);
    return (random.nextBoolean() ? "+49 1" : "+44 7")
        + (500 + random.nextInt(400))
        + ' '
        + (1_000_000 + random.nextInt(9_000_000));
  }

  private static String time(SplittableRandom random) {
    return EPOCH.plusDays(random.nextInt(1900))
        + String.format(
            Locale.ROOT,
            " %02d:%02d:%02d.%06d+00",
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  private static void hex(StringBuilder line, SplittableRandom random, int digits) {
    for (int i = 0; i < digits; i++) {
      line.append(HEX[random.nextInt(16)]);
    }
  }

  void user(long id, StringBuilder line) {
    SplittableRandom random = random(5, id);
    String first = first(id);
    String last = last(id);
    String email = email(id);
    line.append(id).append('\t').append(email).append('\t').append(first).append('\t').append(last);
    line.append('\t').append(first).append(' ').append(last).append('\t');
    line.append(id % 9 == 0 ? "\\N" : phone(id)).append('\t');
    line.append(LocalDate.of(1940, 1, 1).plusDays(random.nextInt(24_000))).append("\t$2b$12$");
    hex(line, random, 53);
    line.append('\t').append(id == 1 ? 't' : 'f').append('\t').append(id % 20 == 0 ? 'f' : 't');
    line.append("\t{\"email\": \"").append(email).append("\", \"theme\": \"");
    line.append(random.nextBoolean() ? "dark" : "light");
    line.append("\", \"locale\": \"").append(random.nextBoolean() ? "de" : "en");
    line.append("\", \"nickname\": \"").append(first).append(random.nextInt(99));
    line.append("\", \"loyalty\": {\"points\": ").append(random.nextInt(5000));
    line.append(", \"card\": \"").append(1_000_000 + id).append("\"}}\t");
    line.append(time(random)).append('\t').append(id % 3 == 0 ? "\\N" : time(random));
  }

  void address(long id, StringBuilder line) {
    SplittableRandom random = random(6, id);
    line.append(id).append('\t').append(1 + (id - 1) % users).append('\t');
    line.append(pick(STREETS, random)).append(' ').append(1 + random.nextInt(180)).append('\t');
    line.append(10_000 + random.nextInt(89_999)).append('\t').append(pick(CITIES, random));
    line.append('\t').append(random.nextBoolean() ? "DE" : "GB");
  }

  void order(long id, StringBuilder line) {
    SplittableRandom random = random(7, id);
    long user = 1 + random.nextLong(users);
    line.append(id).append('\t').append(user).append('\t').append(user).append('\t');
    line.append(pick(STATUS, random)).append('\t').append(random.nextInt(500)).append('.');
    line.append(10 + random.nextInt(90)).append("\tEUR\t");
    if (random.nextInt(5) == 0) {
      line.append("Ring twice, ").append(first(user)).append(" is hard of hearing");
    } else {
      line.append("\\N");
    }
    line.append('\t').append(time(random));
  }

  void payment(long id, StringBuilder line) {
    SplittableRandom random = random(8, id);
    long user = 1 + random(7, id).nextLong(users);
    boolean bank = random.nextBoolean();
    line.append(id).append('\t').append(id).append('\t').append(bank ? "sepa" : "card");
    line.append('\t').append(first(user)).append(' ').append(last(user)).append('\t');
    line.append(bank ? "DE" : "XX").append(10 + random.nextInt(89));
    line.append(100_000_000 + random.nextInt(900_000_000)).append(random.nextInt(900_000_000));
    line.append('\t').append(random.nextInt(500)).append('.').append(10 + random.nextInt(90));
    line.append('\t').append(id % 7 == 0 ? "\\N" : time(random));
  }

  void message(long id, StringBuilder line) {
    SplittableRandom random = random(9, id);
    long user = 1 + random.nextLong(users);
    long order = 1 + random.nextLong(orders());
    line.append(id).append('\t').append(user).append('\t').append(order).append("\tOrder ");
    line.append(order).append("\tHello,\\n\\n");
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      line.append(pick(SENTENCES, random)).append(i % 2 == 0 ? ' ' : '\n');
      if (line.charAt(line.length() - 1) == '\n') {
        line.setLength(line.length() - 1);
        line.append("\\n");
      }
    }
    line.append("Write to ").append(email(user)).append(" or call ").append(phone(user));
    line.append(".\\n\\n").append(first(user)).append(' ').append(last(user)).append('\t');
    line.append(time(random));
  }

  void attachment(long id, StringBuilder line) {
    SplittableRandom random = random(10, id);
    line.append(id).append('\t').append(1 + random.nextLong(users)).append("\tphoto-").append(id);
    line.append(".jpg\timage/jpeg\t\\\\xffd8ffe0");
    hex(line, random, 3000);
  }

  void audit(long id, StringBuilder line) {
    SplittableRandom random = random(11, id);
    long user = 1 + random.nextLong(users);
    String action = pick(ACTIONS, random);
    line.append(id).append('\t').append(time(random)).append('\t').append(email(user));
    line.append("\t10.").append(random.nextInt(256)).append('.').append(random.nextInt(256));
    line.append('.').append(random.nextInt(256)).append('\t').append(action);
    line.append("\t{\"id\": ").append(random.nextInt(1_000_000)).append(", \"email\": \"");
    line.append(email(user)).append("\", \"agent\": \"Mozilla/5.0 (X11; Linux x86_64) Gecko/");
    line.append(100 + random.nextInt(40)).append("\", \"entity\": \"order\"}");
  }

  void session(long id, StringBuilder line) {
    SplittableRandom random = random(12, id);
    hex(line, random, 40);
    line.append('\t').append(1 + random.nextLong(users)).append('\t');
    hex(line, random, 120);
    line.append('\t').append(time(random));
  }

  void subscriber(long id, StringBuilder line) {
    line.append(id).append('\t').append(first(id)).append(' ').append(last(id)).append('\t');
    line.append("news.").append(email(id));
  }

  void integration(long id, StringBuilder line) {
    line.append(id).append("\tpartner-").append(id).append(id == 2 ? "\tf\t" : "\tt\t");
    line.append("https://push.partner-").append(id).append(".example/v1\tsk_live_");
    hex(line, random(13, id), 24);
  }
}
